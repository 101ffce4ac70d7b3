package io.gestalt.boot.test;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

class TestKitArchitectureTests {

	private final JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.gestalt.boot.test");

	@Test
	void peersOfSocketsDoNotKnowTheBrokerAndNobodyKnowsTheSlice() {
		layeredArchitecture().consideringOnlyDependenciesInLayers()
			.layer("slice")
			.definedBy("io.gestalt.boot.test.autoconfigure")
			.layer("broker peers")
			.definedBy("io.gestalt.boot.test.amqp..")
			.layer("socket peers")
			.definedBy("io.gestalt.boot.test.socket")
			.layer("tester")
			.definedBy("io.gestalt.boot.test")
			.layer("records")
			.definedBy("io.gestalt.boot.test.record")
			.whereLayer("slice")
			.mayNotBeAccessedByAnyLayer()
			.whereLayer("broker peers")
			.mayOnlyBeAccessedByLayers("slice")
			.whereLayer("socket peers")
			.mayOnlyBeAccessedByLayers("slice")
			.whereLayer("tester")
			.mayOnlyBeAccessedByLayers("slice", "broker peers", "socket peers")
			.check(this.classes);
	}

	@Test
	void noPackageHasMoreThanFifteenTypes() {
		Map<String, Long> sizes = this.classes.stream()
			.filter((type) -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
			.map(JavaClass::getPackageName)
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(15));
	}

}

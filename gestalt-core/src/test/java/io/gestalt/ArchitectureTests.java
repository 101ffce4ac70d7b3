package io.gestalt;

import java.util.List;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The drawing of the packages, made executable: arrows point downward only. */
@AnalyzeClasses(packages = "io.gestalt", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String[] OPTIONAL_LIBRARIES = { "tools.jackson..", "org.snakeyaml..", "org.msgpack..",
			"org.apache.avro..", "com.google.protobuf..", "org.apache.commons.compress..", "org.tukaani..",
			"org.xerial..", "com.aayushatharva..", "com.github.luben..", "net.jpountz.." };

	@ArchTest
	static final ArchRule messagesKnowNobody = reach("message");

	@ArchTest
	static final ArchRule codecsKnowMessagesOnly = reach("codec", "message");

	@ArchTest
	static final ArchRule framesKnowMessagesOnly = reach("frame", "message");

	@ArchTest
	static final ArchRule transportsKnowFramesAndMessages = reach("transport", "frame", "message");

	@ArchTest
	static final ArchRule dispatchKnowsCodecsAndMessages = reach("dispatch", "codec", "failed", "message");

	@ArchTest
	static final ArchRule endpointsKnowAllBelow = reach("endpoint", "dispatch", "transport", "frame", "codec", "failed",
			"observation", "message");

	@ArchTest
	static final ArchRule failedMessagesKnowMessagesOnly = reach("failed", "message");

	@ArchTest
	static final ArchRule observationsKnowMessagesOnly = reach("observation", "message");

	@ArchTest
	static final ArchRule thereAreNoCycles = slices().matching("io.gestalt.(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule thereAreNoCyclesWithinThePackages = slices().matching("io.gestalt.(**)")
		.should()
		.beFreeOfCycles()
		.ignoreDependency(resideInAnyPackage("io.gestalt.codec"), resideInAnyPackage("io.gestalt.codec.*"));

	@ArchTest
	static final ArchRule nothingKnowsSpring = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..");

	@ArchTest
	static final ArchRule onlyCodecsKnowOptionalLibraries = noClasses().that()
		.resideOutsideOfPackage("io.gestalt.codec..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(OPTIONAL_LIBRARIES);

	@ArchTest
	static final ArchRule theChainItselfKnowsNoOptionalLibrary = noClasses().that()
		.resideInAPackage("io.gestalt.codec")
		.and()
		.haveNameNotMatching("io\\.gestalt\\.codec\\.(Codecs|BuiltIn).*")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(OPTIONAL_LIBRARIES);

	@ArchTest
	static final ArchRule wordsNeedNoNetwork = noClasses().that()
		.resideInAnyPackage("io.gestalt.message..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.netty..", "reactor..");

	@ArchTest
	static final ArchRule bytesNeedBuffersOnly = noClasses().that()
		.resideInAnyPackage("io.gestalt.frame..", "io.gestalt.codec..")
		.should()
		.dependOnClassesThat(resideInAnyPackage("io.netty..", "reactor..")
			.and(DescribedPredicate.not(resideInAnyPackage("io.netty.buffer.."))));

	@ArchTest
	static final ArchRule exceptionsAreOurs = classes().that()
		.areAssignableTo(RuntimeException.class)
		.should()
		.beAssignableTo("io.gestalt.message.GestaltException");

	private static ArchRule reach(String name, String... others) {
		String[] allowed = new String[others.length + 1];
		allowed[0] = "io.gestalt." + name + "..";
		for (int i = 0; i < others.length; i++) {
			allowed[i + 1] = "io.gestalt." + others[i] + "..";
		}
		DescribedPredicate<JavaClass> foreign = resideInAnyPackage("io.gestalt..")
			.and(DescribedPredicate.not(resideInAnyPackage(allowed)));
		return noClasses().that()
			.resideInAPackage("io.gestalt." + name + "..")
			.should()
			.dependOnClassesThat(foreign)
			.as("package '%s' may depend on %s only".formatted(name, List.of(others)));
	}

}

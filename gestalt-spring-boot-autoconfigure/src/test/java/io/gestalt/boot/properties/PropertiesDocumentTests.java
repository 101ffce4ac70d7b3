package io.gestalt.boot.properties;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** Run with {@code -Dgestalt.generate=true} to write the documents anew. */
class PropertiesDocumentTests {

	private static final PropertiesDocument DOCUMENT = new PropertiesDocument();

	@Test
	void theMetadataOfPropertiesBehindMapsIsUpToDate() throws IOException {
		verify(Path.of("src/main/resources/META-INF/additional-spring-configuration-metadata.json"),
				DOCUMENT.metadata());
	}

	@Test
	void thePageIsUpToDate() throws IOException {
		verify(Path.of("../docs/properties.md"), DOCUMENT.markdown());
	}

	@ParameterizedTest
	@MethodSource("properties")
	void eachPropertyHasItsSentence(DocumentedProperty property) {
		assertThat(property.description()).isNotEmpty();
	}

	@ParameterizedTest
	@MethodSource("properties")
	void eachStatedDefaultHolds(DocumentedProperty property) {
		if (property.defaultText() == null) {
			assertThat(property.defaultValue()).isNull();
			return;
		}
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(ResolvableType.forType(property.type()).toClass());
		assertThat(ApplicationConversionService.getSharedInstance().convert(property.defaultText(), type))
			.isEqualTo(property.defaultValue());
	}

	static List<DocumentedProperty> properties() {
		return DOCUMENT.properties();
	}

	private static void verify(Path file, String expected) throws IOException {
		if (Boolean.getBoolean("gestalt.generate")) {
			Files.writeString(file, expected);
		}
		assertThat(file).content().isEqualTo(expected);
	}

}

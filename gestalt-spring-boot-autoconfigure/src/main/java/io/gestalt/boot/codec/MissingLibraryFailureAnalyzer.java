package io.gestalt.boot.codec;

import java.io.IOException;
import java.util.Properties;

import io.gestalt.codec.MissingLibraryException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** Tells which dependency to add for a codec. */
final class MissingLibraryFailureAnalyzer extends AbstractFailureAnalyzer<MissingLibraryException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MissingLibraryException cause) {
		String[] coordinates = cause.dependency().split(":", 2);
		String version = version(coordinates[1]);
		String maven = """
				<dependency>
				    <groupId>%s</groupId>
				    <artifactId>%s</artifactId>%s
				</dependency>""".formatted(coordinates[0], coordinates[1],
				(version != null) ? "%n    <version>%s</version>".formatted(version) : "");
		String gradle = "implementation(\"%s%s\")".formatted(cause.dependency(),
				(version != null) ? ":" + version : "");
		return new FailureAnalysis("%s.".formatted(cause.getMessage()), """
				Add the library, with Maven

				%s

				or with Gradle

				%s

				or choose another codec.""".formatted(maven, gradle), cause);
	}

	/** The version that Gestalt was tested with, unless Spring Boot manages it. */
	private static @Nullable String version(String artifact) {
		try {
			Properties versions = PropertiesLoaderUtils.loadProperties(
					new ClassPathResource("library-versions.properties", MissingLibraryFailureAnalyzer.class));
			return versions.getProperty(artifact);
		}
		catch (IOException ex) {
			return null;
		}
	}

}

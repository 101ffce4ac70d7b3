package io.gestalt.test.codec;

import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MissingLibraryTests {

	private static final List<String> OPTIONAL = List.of("tools.jackson.", "com.fasterxml.", "org.snakeyaml.",
			"org.msgpack.", "org.apache.avro.", "com.google.protobuf.", "org.apache.commons.", "org.tukaani.",
			"org.xerial.", "com.aayushatharva.", "com.github.luben.", "net.jpountz.");

	@ParameterizedTest
	@CsvSource({ "serializer, json, tools.jackson.core:jackson-databind",
			"serializer, yaml, tools.jackson.dataformat:jackson-dataformat-yaml",
			"serializer, application/msgpack, tools.jackson.core:jackson-databind",
			"serializer, avro, org.apache.avro:avro", "serializer, protobuf, com.google.protobuf:protobuf-java",
			"compressor, bzip2, org.apache.commons:commons-compress", "compressor, lzma, org.tukaani:xz",
			"compressor, snappy, org.xerial.snappy:snappy-java", "compressor, br, com.aayushatharva.brotli4j:brotli4j",
			"compressor, zstd, com.github.luben:zstd-jni", "compressor, lz4, at.yawk.lz4:lz4-java" })
	void namesWhatToAdd(String kind, String word, String dependency) throws Throwable {
		try (HidingClassLoader loader = new HidingClassLoader(OPTIONAL)) {
			Object codecs = codecs(loader);
			assertThatExceptionOfType(InvocationTargetException.class)
				.isThrownBy(() -> codecs.getClass().getMethod(kind, String.class).invoke(codecs, word))
				.satisfies((ex) -> assertThat(ex.getCause().getClass().getSimpleName())
					.isEqualTo("MissingLibraryException"))
				.satisfies((ex) -> assertThat(ex.getCause()).hasMessageEndingWith(
						"needs the library '%s', which is not on the class path".formatted(dependency)));
		}
	}

	@Test
	void namesTheCoreOfMessagePackWhenOnlyThatIsMissing() throws Throwable {
		try (HidingClassLoader loader = new HidingClassLoader(List.of("org.msgpack."))) {
			Object codecs = codecs(loader);
			assertThatExceptionOfType(InvocationTargetException.class)
				.isThrownBy(() -> codecs.getClass().getMethod("serializer", String.class).invoke(codecs, "msgpack"))
				.satisfies((ex) -> assertThat(ex.getCause())
					.hasMessage("Codec 'msgpack' needs the library 'org.msgpack:msgpack-core', which is not on the "
							+ "class path"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "serializer, text", "serializer, bytes", "compressor, gzip", "compressor, zlib",
			"compressor, deflate" })
	void needsNoLibraryForWhatTheJdkHas(String kind, String name) throws Throwable {
		try (HidingClassLoader loader = new HidingClassLoader(OPTIONAL)) {
			Object codecs = codecs(loader);
			assertThat(codecs.getClass().getMethod(kind, String.class).invoke(codecs, name)).isNotNull();
		}
	}

	private static Object codecs(ClassLoader loader) throws Throwable {
		Class<?> codecs = loader.loadClass("io.gestalt.codec.Codecs");
		Class<?> builder = loader.loadClass("io.gestalt.codec.Codecs$Builder");
		// Links no more than compiled code would, unlike reflection
		Lookup lookup = MethodHandles.publicLookup();
		return lookup.findVirtual(builder, "build", MethodType.methodType(codecs))
			.invoke(lookup.findStatic(codecs, "builder", MethodType.methodType(builder)).invoke());
	}

	private static final class HidingClassLoader extends URLClassLoader {

		private final List<String> hidden;

		private HidingClassLoader(List<String> hidden) throws IOException {
			super(classPath(), ClassLoader.getPlatformClassLoader());
			this.hidden = hidden;
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (this.hidden.stream().anyMatch(name::startsWith)) {
				throw new ClassNotFoundException(name);
			}
			return super.loadClass(name, resolve);
		}

		private static URL[] classPath() throws MalformedURLException {
			List<URL> urls = new ArrayList<>();
			for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
				urls.add(new File(entry).toURI().toURL());
			}
			return urls.toArray(URL[]::new);
		}

	}

}

package io.gestalt.boot.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

import io.gestalt.boot.annotation.EndpointLookup;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.GestaltListeners;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.io.InputStreamSource;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

class AheadOfTimeTests {

	private final InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();

	private final DefaultGenerationContext generation = new DefaultGenerationContext(
			new ClassNameGenerator(ClassName.get("io.gestalt.boot.client", "Main")), this.files);

	private final RuntimeHints hints = this.generation.getRuntimeHints();

	@BeforeEach
	void generate() {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		AutoConfigurationPackages.register(context, Scanned.class.getPackageName());
		context.register(Application.class, Scanned.Orders.class);
		context.registerBean(GestaltListeners.class);
		new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
		this.generation.writeGeneratedContent();
	}

	@Test
	void keepsListenerMethodsAndTheirPayloads() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Scanned.Orders.class.getDeclaredMethod("place", Order.class))).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Order.class)).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Receipt.class.getDeclaredMethod("id")))
			.accepts(this.hints);
	}

	@Test
	void keepsClientInterfacesAndWhatTheySend() throws Exception {
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Scanned.AheadClient.class)).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Scanned.AheadClient.class.getMethod("ask", Question.class))).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Question.class.getDeclaredMethod("text")))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Answer.class.getDeclaredMethod("text")))
			.accepts(this.hints);
	}

	@Test
	void generatesCodeThatCompiles(@TempDir Path directory) throws Exception {
		List<JavaFileObject> sources = new ArrayList<>();
		for (Map.Entry<String, InputStreamSource> file : this.files.getGeneratedFiles(Kind.SOURCE).entrySet()) {
			Path path = directory.resolve(file.getKey());
			Files.createDirectories(path.getParent());
			Files.write(path, file.getValue().getInputStream().readAllBytes());
			sources.add(new Source(path));
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
			manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(directory));
			assertThat(compiler.getTask(null, manager, null, List.of("-proc:none"), null, sources).call()).isTrue();
		}
		assertThat(sources).anySatisfy(
				(source) -> assertThat(source.getCharContent(true)).asString().contains("GestaltClientFactory"));
	}

	private static final class Source extends SimpleJavaFileObject {

		private final Path path;

		Source(Path path) {
			super(path.toUri(), JavaFileObject.Kind.SOURCE);
			this.path = path;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			try {
				return Files.readString(this.path);
			}
			catch (java.io.IOException ex) {
				throw new java.io.UncheckedIOException(ex);
			}
		}

	}

	@Import(GestaltClientScan.class)
	static class Application {

	}

	record Order(String id) {
	}

	record Receipt(String id) {
	}

	record Question(String text) {
	}

	record Answer(String text) {
	}

	static class Scanned {

		static class Orders {

			@GestaltListener("orders")
			Receipt place(Order order) {
				return new Receipt(order.id());
			}

		}

		@GestaltClient("orders")
		interface AheadClient {

			CompletableFuture<Answer> ask(Question question);

			default String name(EndpointLookup lookup) {
				return lookup.toString();
			}

		}

	}

}

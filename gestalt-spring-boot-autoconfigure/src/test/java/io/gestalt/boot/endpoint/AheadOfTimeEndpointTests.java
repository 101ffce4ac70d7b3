package io.gestalt.boot.endpoint;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

import io.gestalt.amqp.AmqpPublisher;
import io.gestalt.boot.amqp.AmqpAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.boot.timer.TimerAutoConfiguration;
import io.gestalt.boot.timer.lifecycle.TimerLifecycleAutoConfiguration;
import io.gestalt.boot.udp.UdpAutoConfiguration;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.timer.Timer;
import io.gestalt.timer.TimerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.InputStreamSource;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/** Generates an application ahead of time, compiles what was generated and runs it. */
@Timeout(120)
class AheadOfTimeEndpointTests {

	private static final String[] PROPERTIES = { "gestalt.tcp.server.orders.port=0",
			"gestalt.tcp.client.rates.target=localhost:1", "gestalt.udp.server.telemetry.port=0",
			"gestalt.amqp.publisher.prices.exchange=market", "gestalt.amqp.subscriber.ticks.exchange=market",
			"gestalt.amqp.requester.quotes.window=10", "gestalt.amqp.responder.desk.service=quotes",
			"gestalt.timer.poll.interval=1s", "gestalt.defaults.auto-startup=false",
			"gestalt.tcp.server.orders.auto-startup=true",
			"gestalt.types.7=io.gestalt.boot.endpoint.AheadOfTimeEndpointTests$Position" };

	private final InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();

	private final DefaultGenerationContext generation = new DefaultGenerationContext(
			new ClassNameGenerator(ClassName.get(Application.class)), this.files);

	@Test
	void endpointsAreThereInAnApplicationThatWasGeneratedAheadOfTime(@TempDir Path directory) throws Exception {
		ClassName initializer = generate();
		compile(directory);
		define(directory);
		Class<?> type = Class.forName(initializer.reflectionName());
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			TestPropertyValues.of(PROPERTIES).applyTo(context);
			initialize(type, context);
			context.refresh();
			assertThat(context.getBean("ordersEndpoint", TcpServerEndpoint.class).port()).isPositive();
			assertThat(context.getBeanNamesForType(Endpoint.class)).containsExactlyInAnyOrder("ordersEndpoint", "rates",
					"telemetry", "prices", "ticks", "quotes", "desk");
			assertThat(context.getBean("poll", Timer.class).settings())
				.isEqualTo(TimerSettings.every(Duration.ofSeconds(1)));
			assertThat(context.getBean("prices", AmqpPublisher.class).state()).isEqualTo(EndpointState.STOPPED);
			assertThat(
					BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(), Endpoint.class, "orders")
						.name())
				.isEqualTo("orders");
		}
		assertThat(RuntimeHintsPredicates.reflection().onType(Position.class))
			.accepts(this.generation.getRuntimeHints());
	}

	@SuppressWarnings("unchecked")
	private static void initialize(Class<?> type, GenericApplicationContext context) throws Exception {
		((ApplicationContextInitializer<GenericApplicationContext>) type.getDeclaredConstructor().newInstance())
			.initialize(context);
	}

	private ClassName generate() {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		TestPropertyValues.of(PROPERTIES).applyTo(context);
		context.register(Application.class);
		ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
		this.generation.writeGeneratedContent();
		return initializer;
	}

	private void compile(Path directory) throws IOException {
		List<Path> sources = new ArrayList<>();
		for (Map.Entry<String, InputStreamSource> file : this.files.getGeneratedFiles(Kind.SOURCE).entrySet()) {
			Path path = directory.resolve(file.getKey());
			Files.createDirectories(path.getParent());
			Files.write(path, file.getValue().getInputStream().readAllBytes());
			sources.add(path);
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
			manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(directory));
			Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(sources);
			assertThat(compiler.getTask(null, manager, null, List.of("-proc:none"), null, units).call()).isTrue();
		}
	}

	/** Defines the classes beside those that they call, which may be package-private. */
	private static void define(Path directory) throws Exception {
		List<Path> classes;
		try (var found = Files.walk(directory)) {
			classes = found.filter((path) -> path.toString().endsWith(".class")).sorted().toList();
		}
		for (Path path : classes) {
			String name = directory.relativize(path).toString().replace('/', '.');
			MethodHandles.privateLookupIn(neighbour(name), MethodHandles.lookup())
				.defineClass(Files.readAllBytes(path));
		}
	}

	/** Any class of the same package; that for which beans are defined, mostly. */
	private static Class<?> neighbour(String name) throws ClassNotFoundException {
		return name.startsWith(AheadOfTimeEndpointTests.class.getPackageName() + ".") ? AheadOfTimeEndpointTests.class
				: Class.forName(name.replaceFirst("(\\$|__).*$", ""));
	}

	record Position(double x, double y) {
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
			CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
			TcpAutoConfiguration.class, UdpAutoConfiguration.class, RabbitAutoConfiguration.class,
			AmqpAutoConfiguration.class, TimerAutoConfiguration.class, TimerLifecycleAutoConfiguration.class })
	static class Application {

		@Bean
		String orders() {
			return "a component that has taken the name";
		}

	}

}

package io.gestalt.boot.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.rabbitmq.client.Channel;
import io.gestalt.boot.amqp.AmqpAutoConfiguration;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.boot.timer.GestaltTimer;
import io.gestalt.boot.timer.TimerAutoConfiguration;
import io.gestalt.boot.timer.lifecycle.TimerLifecycleAutoConfiguration;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Records what virtual threads do to the threads that carry them. */
@ExtendWith(RabbitExtension.class)
@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(300)
class VirtualThreadTests {

	private static final String PINNED = "jdk.VirtualThreadPinned";

	private static final Duration LOAD = Duration.ofSeconds(Boolean.getBoolean("gestalt.long") ? 60 : 4);

	private static final int CALLERS = 32;

	private final String name = UUID.randomUUID().toString();

	private final ApplicationContextRunner server = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				TaskSchedulingAutoConfiguration.class, CodecAutoConfiguration.class, EndpointAutoConfiguration.class,
				LifecycleAutoConfiguration.class, ListenerAutoConfiguration.class, TcpAutoConfiguration.class,
				RabbitAutoConfiguration.class, AmqpAutoConfiguration.class, TimerAutoConfiguration.class,
				TimerLifecycleAutoConfiguration.class))
		.withBean(Hands.class)
		.withPropertyValues("spring.threads.virtual.enabled=true", "gestalt.tcp.server.bank.port=0",
				"gestalt.tcp.server.bank.address=127.0.0.1", "gestalt.amqp.publisher.results.exchange=" + this.name,
				"gestalt.amqp.responder.desk.service=desk." + this.name, "gestalt.listener.desk.ordering=none",
				"gestalt.listener.desk.concurrency=16", "gestalt.listener.ticks.ordering=none",
				"gestalt.listener.ticks.concurrency=16", "gestalt.amqp.subscriber.ticks.exchange=ticks." + this.name,
				"gestalt.amqp.subscriber.ticks.group=hands",
				"gestalt.amqp.subscriber.ticks.retry.initial-interval=100ms",
				"gestalt.amqp.publisher.ticker.exchange=ticks." + this.name,
				"gestalt.amqp.requester.quotes.service=desk." + this.name, "gestalt.timer.pulse.interval=5ms",
				"gestalt.timer.pulse.overlap=concurrent");

	@Test
	void keepNoCarrierForLong(RabbitBroker broker, @TempDir Path directory) {
		this.server.withPropertyValues(broker.properties()).run((context) -> {
			try (Recording recording = new Recording()) {
				recording.enable(PINNED).withThreshold(Duration.ofMillis(20)).withStackTrace();
				recording.start();
				load(context);
				Thread pinned = virtual(Pinned::touch);
				pinned.join();
				recording.stop();
				Path file = directory.resolve("load.jfr");
				recording.dump(file);
				assertThat(pinned(file)).as("the one that the recording must show, and no other").hasSize(1);
			}
			assertThat(context.getBean(Hands.class).threads).containsExactlyInAnyOrder("bank virtual", "ticks virtual",
					"desk virtual", "pulse virtual");
			deleteQueues(context);
		});
	}

	private void deleteQueues(ApplicationContext context) throws Exception {
		try (Channel channel = context.getBean(ConnectionFactory.class)
			.createConnection()
			.getDelegate()
			.createChannel()) {
			channel.queueDelete("ticks." + this.name + ".hands");
			channel.queueDelete("ticks." + this.name + ".hands.dead-letter");
			channel.queueDelete("desk." + this.name);
			channel.exchangeDelete("ticks." + this.name);
			channel.exchangeDelete(this.name);
		}
	}

	private void load(ApplicationContext server) throws Exception {
		int port = server.getBean(TcpServerEndpoint.class).port();
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
					CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
					TcpAutoConfiguration.class))
			.withPropertyValues("spring.threads.virtual.enabled=true",
					"gestalt.tcp.client.rates.target=127.0.0.1:" + port)
			.run((client) -> call(client.getBean("rates", Endpoint.class), server.getBean("ticker", Endpoint.class),
					server.getBean("quotes", Endpoint.class)));
	}

	/** Many virtual threads ask, and publish, and wait. */
	private static void call(Endpoint rates, Endpoint ticker, Endpoint quotes) throws Exception {
		long end = System.nanoTime() + LOAD.toNanos();
		List<CompletableFuture<Void>> callers = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			CompletableFuture<Void> done = new CompletableFuture<>();
			callers.add(done);
			virtual(() -> {
				try {
					for (int number = 0; System.nanoTime() < end; number++) {
						rates.request(number, Integer.class).get(20, TimeUnit.SECONDS);
						ticker.send(number);
						quotes.request(number, Integer.class).get(20, TimeUnit.SECONDS);
					}
					done.complete(null);
				}
				catch (Throwable ex) {
					done.completeExceptionally(ex);
				}
			});
		}
		CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
	}

	/** As the API of the oldest JDK has no virtual threads. */
	private static Thread virtual(Runnable task) throws ReflectiveOperationException {
		return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
	}

	private static List<RecordedEvent> pinned(Path file) throws IOException {
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getEventType().getName().equals(PINNED))
			.peek(System.out::println)
			.toList();
	}

	/** What keeps its carrier on all JDKs: to wait in an initializer. */
	static final class Pinned {

		static {
			try {
				Thread.sleep(100);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private Pinned() {
		}

		static void touch() {
		}

	}

	/** Work that blocks, all of it. */
	static class Hands {

		private final Set<String> threads = ConcurrentHashMap.newKeySet();

		private final AtomicInteger ticks = new AtomicInteger();

		private final ApplicationContext context;

		Hands(ApplicationContext context) {
			this.context = context;
		}

		private void block(String what) throws InterruptedException {
			boolean virtual = Thread.currentThread().toString().startsWith("VirtualThread");
			this.threads.add(what + (virtual ? " virtual" : " on " + Thread.currentThread().getName()));
			Thread.sleep(2);
		}

		private void publish(int number) throws Exception {
			this.context.getBean("results", Endpoint.class).sendAsync(number).get(20, TimeUnit.SECONDS);
		}

		@GestaltListener("bank")
		int rate(int number) throws Exception {
			block("bank");
			publish(number);
			return number;
		}

		@GestaltListener("ticks")
		void tick(int number) throws Exception {
			block("ticks");
			if (this.ticks.incrementAndGet() % 50 == 0) {
				throw new IllegalStateException("Failed on purpose");
			}
		}

		@GestaltListener("desk")
		int quote(int number) throws Exception {
			block("desk");
			return number;
		}

		@GestaltTimer("pulse")
		void pulse() throws Exception {
			block("pulse");
			publish(1);
		}

	}

}

package io.gestalt.boot.lifecycle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import io.gestalt.boot.lifecycle.LoadedApplication.Stuck;
import io.gestalt.test.process.JavaProcess;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sends SIGTERM to an application that is busy in all ways at once, and counts from
 * outside what became of everything. With {@code -Dgestalt.seed} one run is repeated.
 */
@ExtendWith(RabbitExtension.class)
@Timeout(180)
class LoadedTerminationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final Duration GRACE = Duration.ofSeconds(3);

	/** A second for what is given back, and some time for the threads that do it. */
	private static final Duration MARGIN = Duration.ofMillis(1500);

	/** The end of the JVM itself, on a machine that does other things too. */
	private static final Duration END = Duration.ofSeconds(3);

	private static final int CLIENTS = 4;

	private final String ticks = "ticks." + UUID.randomUUID();

	private final String results = "results." + UUID.randomUUID();

	private final List<NumberingClient> clients = new ArrayList<>();

	private Path file;

	private RabbitBroker broker;

	private Connection connection;

	private Channel channel;

	static LongStream seeds() {
		Long seed = Long.getLong("gestalt.seed");
		return (seed != null) ? LongStream.of(seed)
				: ThreadLocalRandom.current().longs(Boolean.getBoolean("gestalt.long") ? 100 : 3, 0, 1_000_000);
	}

	@BeforeEach
	void open(RabbitBroker shared, @TempDir Path directory) throws Exception {
		this.file = Files.createFile(directory.resolve("ledger"));
		this.broker = shared;
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost(shared.host());
		factory.setPort(shared.port());
		this.connection = factory.newConnection();
		this.channel = this.connection.createChannel();
		this.channel.queueDeclare(this.results, false, false, false, null);
		this.channel.queueBind(this.results, "amq.topic", this.results);
		this.channel.confirmSelect();
	}

	@AfterEach
	void close() throws Exception {
		for (NumberingClient client : this.clients) {
			client.close();
		}
		this.channel.queueDelete(this.ticks);
		this.channel.queueDelete(this.ticks + ".dead-letter");
		this.channel.queueDelete(this.results);
		this.channel.exchangeDelete(this.ticks);
		this.connection.close();
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void nothingIsLostAndTheReportIsTrue(long seed) throws Exception {
		Load load = Load.of(new Random(seed));
		System.out.printf("seed %d: %s%n", seed, load);
		try (JavaProcess application = start(load)) {
			int published = publish(0, load.ticks());
			await().atMost(PATIENCE).until(() -> isBusy(load));
			await().atMost(PATIENCE).until(() -> !load.counted() || this.channel.messageCount(this.ticks) == 0);
			long begin = System.nanoTime();
			application.terminate();
			published = publish(published, load.counted() ? 0 : 50);
			assertThat(application.awaitExit(PATIENCE)).isEqualTo(JavaProcess.TERMINATED);
			Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
			Matcher report = application.awaitOutput(
					"report elapsed=(\\d+) abandoned=(\\d+) returned=(\\d+) dropped=(\\d+) unsent=(\\d+)",
					Duration.ZERO);
			System.out.printf("seed %d: over after %d ms, %s%n", seed, elapsed.toMillis(), report.group());
			assertThat(elapsed).as(application.output()).isLessThan(GRACE.plus(MARGIN).plus(END));
			assertThat(Duration.ofMillis(number(report, 1))).isLessThanOrEqualTo(GRACE.plus(MARGIN));
			assertThatTicksAreWhole(load, published, number(report, 3));
			assertThatResultsAreWhole(number(report, 5));
			assertThatWorkIsWhole(application, load, number(report, 2));
			assertThatPulsesAreWhole(application, load);
		}
	}

	private JavaProcess start(Load load) throws Exception {
		List<String> arguments = Stream
			.concat(Stream.of(this.broker.properties()), Stream.of("file=" + this.file, "stuck=" + load.stuck(),
					"pace=" + load.pace() + "ms", "gestalt.amqp.subscriber.ticks.prefetch=" + load.prefetch(),
					"gestalt.shutdown.grace-period=" + GRACE.toMillis() + "ms", "gestalt.tcp.server.work.port=0",
					"gestalt.tcp.server.work.framing.type=line", "gestalt.tcp.server.work.codec.serializer=text",
					"gestalt.tcp.server.work.queue.capacity=100",
					"gestalt.amqp.subscriber.ticks.exchange=" + this.ticks,
					"gestalt.amqp.subscriber.ticks.queue-name=" + this.ticks,
					"gestalt.amqp.publisher.results.exchange=amq.topic",
					"gestalt.amqp.publisher.results.routing-key=" + this.results))
			.map((property) -> "--" + property)
			.toList();
		JavaProcess application = JavaProcess.start(LoadedApplication.class, List.of("-Xmx128m"), arguments);
		application.awaitOutput("Started LoadedApplication", PATIENCE);
		Matcher line = application.awaitOutput("Endpoint 'work' listens on \\S+:(\\d+):", PATIENCE);
		for (int i = 0; i < CLIENTS; i++) {
			this.clients.add(new NumberingClient("client-" + i, Integer.parseInt(line.group(1))));
		}
		return application;
	}

	/** Publishes numbers, and has the broker's word for all of them. */
	private int publish(int from, int count) throws Exception {
		for (int i = from; i < from + count; i++) {
			this.channel.basicPublish("", this.ticks,
					MessageProperties.PERSISTENT_TEXT_PLAIN.builder().contentType("application/json").build(),
					String.valueOf(i).getBytes(StandardCharsets.US_ASCII));
		}
		this.channel.waitForConfirmsOrDie(60_000);
		return from + count;
	}

	private boolean isBusy(Load load) throws IOException {
		boolean all = load.stuck() == Stuck.TICK || ledger("ticked").size() >= load.done();
		return all && ledger("worked").size() >= load.done() && ledger("ticking").size() > 50
				&& ledger("pulsing").size() >= 50;
	}

	/** What was handled and what is in the queue are all that was published. */
	private void assertThatTicksAreWhole(Load load, int published, long returned) throws Exception {
		List<String> ticked = ledger("ticked");
		List<String> left = new ArrayList<>();
		int redelivered = 0;
		for (GetResponse next = get(this.ticks); next != null; next = get(this.ticks)) {
			left.add(new String(next.getBody(), StandardCharsets.US_ASCII));
			redelivered += next.getEnvelope().isRedeliver() ? 1 : 0;
		}
		GetResponse dead = get(this.ticks + ".dead-letter");
		assertThat(dead).as(() -> String.valueOf(dead)).isNull();
		List<String> all = new ArrayList<>(ticked);
		all.addAll(left);
		assertThat(all)
			.containsExactlyInAnyOrderElementsOf(IntStream.range(0, published).mapToObj(String::valueOf).toList());
		// What is on its way while a channel closes goes back unseen.
		int unseen = load.counted() ? 0 : load.prefetch();
		assertThat(returned).isBetween((long) redelivered - unseen, (long) redelivered);
		if (load.stuck() == Stuck.TICK) {
			assertThat(left).contains("50");
		}
	}

	/** What the broker has confirmed is there, and what is not there was reported. */
	private void assertThatResultsAreWhole(long unsent) throws Exception {
		Set<String> arrived = new HashSet<>();
		for (GetResponse next = get(this.results); next != null; next = get(this.results)) {
			arrived.add(new String(next.getBody(), StandardCharsets.US_ASCII).replace("\"", ""));
		}
		assertThat(arrived).containsAll(ledger("sent"));
		assertThat(unsent).isEqualTo(ledger("unsent").size());
	}

	private @Nullable GetResponse get(String queue) throws IOException {
		return this.channel.basicGet(queue, true);
	}

	private void assertThatWorkIsWhole(JavaProcess application, Load load, long abandoned) throws Exception {
		Matcher work = application.awaitOutput("work received=(\\d+) handled=(\\d+) abandoned=(\\d+)", Duration.ZERO);
		List<String> worked = ledger("worked");
		assertThat(number(work, 2)).isEqualTo(worked.size());
		assertThat(number(work, 1)).isEqualTo(number(work, 2) + number(work, 3));
		assertThat(number(work, 3)).isEqualTo(abandoned);
		if (load.stuck() != Stuck.WORK) {
			assertThat(abandoned).isZero();
		}
		for (NumberingClient client : this.clients) {
			client.close();
			List<String> own = worked.stream().filter((line) -> line.startsWith(client.name() + ":")).toList();
			assertThat(own).isEqualTo(
					IntStream.rangeClosed(1, own.size()).mapToObj((number) -> client.name() + ":" + number).toList());
			assertThat(new HashSet<>(own)).containsAll(client.replies());
		}
	}

	private void assertThatPulsesAreWhole(JavaProcess application, Load load) throws Exception {
		int abandoned = (load.stuck() == Stuck.PULSE) ? 1 : 0;
		assertThat(ledger("pulsing")).hasSize(ledger("pulsed").size() + abandoned);
		assertThat(application.output())
			.containsPattern("Timer 'pulse' stopped within \\d+ ms: \\d+ finished, %d abandoned".formatted(abandoned));
	}

	private static long number(Matcher matcher, int group) {
		return Long.parseLong(matcher.group(group));
	}

	private List<String> ledger(String kind) throws IOException {
		return Files.readAllLines(this.file)
			.stream()
			.filter((line) -> line.startsWith(kind + " "))
			.map((line) -> line.substring(kind.length() + 1))
			.toList();
	}

	/**
	 * What the application has to do.
	 *
	 * @param stuck what never ends
	 * @param pace how many milliseconds everything takes
	 * @param ticks how many messages are published
	 * @param done after how many of them it is told to end
	 * @param prefetch how many of them it may have at a time
	 */
	private record Load(Stuck stuck, int pace, int ticks, int done, int prefetch) {

		static Load of(Random random) {
			Stuck stuck = (random.nextInt(3) == 0) ? List.of(Stuck.values()).get(random.nextInt(Stuck.values().length))
					: Stuck.NOTHING;
			return new Load(stuck, 1 + random.nextInt(8), 300 + random.nextInt(700), 60 + random.nextInt(200),
					random.nextBoolean() ? 1000 : 250);
		}

		/** Whether it has all messages, so that what goes back can be counted. */
		boolean counted() {
			return this.prefetch >= this.ticks;
		}

	}

}

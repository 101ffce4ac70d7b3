package io.gestalt.amqp.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.message.Counter;
import io.gestalt.test.rabbit.RabbitCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.awaitility.Awaitility.await;

/**
 * Measures roughly what settings cost on a cluster of three, as ratios of the rate with a
 * classic queue and the defaults. Run it alone with {@code -Dtest=SettingCosts
 * -Dgestalt.costs=true}.
 */
@EnabledIfSystemProperty(named = "gestalt.costs", matches = "true")
class SettingCosts {

	private static final int COUNT = 20_000;

	private static final int FEW = 3_000;

	private static final int REQUESTS = 5_000;

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final int ROUNDS = 3;

	private final Map<String, Rates> best = new LinkedHashMap<>();

	@Test
	void measure() throws Exception {
		try (RabbitCluster cluster = RabbitCluster.launch(3).orElseThrow()) {
			for (int i = 0; i < ROUNDS; i++) {
				flow(cluster, "classic", COUNT);
				flow(cluster, "quorum", COUNT, "subscriber.ticks.queue-type=quorum");
				flow(cluster, "stream", COUNT, "subscriber.ticks.queue-type=stream", "subscriber.ticks.offset=first");
				flow(cluster, "single active consumer", COUNT, "subscriber.ticks.single-active-consumer=true");
				flow(cluster, "quorum, single active consumer", COUNT, "subscriber.ticks.queue-type=quorum",
						"subscriber.ticks.single-active-consumer=true");
				flow(cluster, "prefetch 1", FEW, "subscriber.ticks.prefetch=1");
				flow(cluster, "prefetch 10", COUNT, "subscriber.ticks.prefetch=10");
				flow(cluster, "quorum, prefetch 1", FEW, "subscriber.ticks.queue-type=quorum",
						"subscriber.ticks.prefetch=1");
				flow(cluster, "quorum, prefetch 10", FEW, "subscriber.ticks.queue-type=quorum",
						"subscriber.ticks.prefetch=10");
				flow(cluster, "ack first", COUNT, "subscriber.ticks.ack=first");
				flow(cluster, "mandatory", COUNT, "publisher.prices.mandatory=true");
				flow(cluster, "no confirms", COUNT, "publisher.prices.delivery=at-most-once");
				requests(cluster, "classic");
				requests(cluster, "quorum");
			}
		}
		print("classic");
		print("requests classic");
	}

	private void print(String baseline) {
		Rates base = this.best.get(baseline);
		System.out.printf("Against %s: %s%n", baseline, base);
		this.best.forEach((name, rates) -> System.out.printf("%-32s publish %.2f consume %.2f%n", name,
				rates.published / base.published, rates.consumed / base.consumed));
	}

	private void keep(String name, double published, double consumed) {
		this.best.merge(name, new Rates(published, consumed), (one,
				other) -> new Rates(Math.max(one.published, other.published), Math.max(one.consumed, other.consumed)));
	}

	private void flow(RabbitCluster cluster, String name, int count, String... settings) throws Exception {
		String exchange = "market." + UUID.randomUUID();
		String[] properties = Stream
			.concat(Stream.of("publisher.prices.exchange=" + exchange, "subscriber.ticks.exchange=" + exchange,
					"subscriber.ticks.group=pricing", "subscriber.ticks.queue-type=classic"), Stream.of(settings))
			.map((property) -> "gestalt.amqp." + property)
			.toArray(String[]::new);
		try (Instance instance = Instance.start(cluster.node(0).properties(), properties, new Idle())) {
			Endpoint subscriber = instance.endpoint("ticks");
			subscriber.stop(Duration.ofSeconds(5));
			double published = publish(instance.endpoint("prices"), count);
			long start = System.nanoTime();
			subscriber.start();
			await().pollInterval(Duration.ofMillis(2))
				.atMost(PATIENCE)
				.until(() -> subscriber.counters().get(Counter.HANDLED) >= count);
			keep(name, published, count * 1e9 / (System.nanoTime() - start));
		}
	}

	private static double publish(Endpoint publisher, int count) {
		await().atMost(PATIENCE).until(() -> publisher.state() == EndpointState.READY);
		List<CompletableFuture<Void>> sent = new ArrayList<>(count);
		long start = System.nanoTime();
		for (int i = 0; i < count; i++) {
			sent.add(publisher.sendAsync(new Tick("a", i)));
		}
		CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
		return count * 1e9 / (System.nanoTime() - start);
	}

	private void requests(RabbitCluster cluster, String queueType) throws Exception {
		String service = "quotes." + UUID.randomUUID();
		String[] properties = { "gestalt.amqp.responder.desk.service=" + service,
				"gestalt.amqp.responder.desk.queue-type=" + queueType,
				"gestalt.amqp.requester.quotes.service=" + service };
		try (Instance instance = Instance.start(cluster.node(0).properties(), properties, new Desk())) {
			Endpoint requester = instance.endpoint("quotes");
			Semaphore room = new Semaphore(32);
			long start = System.nanoTime();
			for (int i = 0; i < REQUESTS; i++) {
				room.acquire();
				requester.request(new Tick("a", i), Tick.class).whenComplete((reply, failure) -> room.release());
			}
			room.acquire(32);
			double rate = REQUESTS * 1e9 / (System.nanoTime() - start);
			keep("requests " + queueType, rate, rate);
		}
	}

	/**
	 * How fast it went, in messages a second.
	 *
	 * @param published confirmed, if that is asked for
	 * @param consumed handled, out of a queue that was filled before
	 */
	private record Rates(double published, double consumed) {
	}

}

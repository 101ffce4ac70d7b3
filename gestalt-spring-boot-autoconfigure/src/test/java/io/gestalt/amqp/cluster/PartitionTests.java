package io.gestalt.amqp.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.gestalt.amqp.AmqpHeaders;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.amqp.topology.Topology.Binding;
import io.gestalt.amqp.topology.Topology.Exchange;
import io.gestalt.amqp.topology.Topology.Queue;
import io.gestalt.boot.amqp.TopologyCustomizer;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.test.rabbit.RabbitBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** Spreads one flow of messages over several queues, so that each key keeps its order. */
@Timeout(300)
class PartitionTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int PARTITIONS = 3;

	private static final int KEYS = 30;

	private static final int EACH = 50;

	private static RabbitBroker broker;

	private final String exchange = "market." + UUID.randomUUID();

	@BeforeAll
	static void launch() {
		broker = RabbitBroker.launch("rabbitmq_consistent_hash_exchange").orElse(null);
		assumeThat(broker).as("a RabbitMQ").isNotNull();
	}

	@AfterAll
	static void close() {
		if (broker != null) {
			broker.close();
		}
	}

	private String[] subscriber(int partition, String... further) {
		List<String> properties = new ArrayList<>(List.of("exchange=" + this.exchange, "group=" + partition));
		properties.addAll(List.of(further));
		return properties.stream()
			.map((property) -> "gestalt.amqp.subscriber.ticks." + property)
			.toArray(String[]::new);
	}

	@Test
	void aKeyGoesToOneInstanceByConsistentHash() throws Exception {
		List<Handled> handled = new ArrayList<>();
		List<Instance> instances = new ArrayList<>();
		try {
			for (int i = 0; i < PARTITIONS; i++) {
				handled.add(new Handled());
				instances.add(Instance.start(broker.properties(), subscriber(i, "exchange-type=x-consistent-hash",
						"routing-keys=10", "single-active-consumer=true"), handled.get(i)));
			}
			try (Instance sender = Instance.start(broker.properties(),
					new String[] { "gestalt.amqp.publisher.prices.exchange=" + this.exchange,
							"gestalt.amqp.publisher.prices.exchange-type=x-consistent-hash" })) {
				publish(sender.endpoint("prices"));
			}
			awaitEachOnce(handled);
		}
		finally {
			instances.forEach(Instance::close);
		}
	}

	@Test
	void aKeyGoesToOnePartitionOfAStream() throws Exception {
		TopologyCustomizer partitions = (name, topology) -> partitioned();
		List<Handled> handled = new ArrayList<>();
		List<Instance> instances = new ArrayList<>();
		try (Instance sender = Instance.start(broker.properties(),
				new String[] { "gestalt.amqp.publisher.prices.exchange=" + this.exchange }, partitions)) {
			publish(sender.endpoint("prices"));
			for (int i = 0; i < PARTITIONS; i++) {
				handled.add(new Handled());
				instances.add(Instance.start(broker.properties(),
						subscriber(i, "queue-type=stream", "offset=first", "queue-name=" + this.exchange + "-" + i),
						handled.get(i), partitions));
			}
			awaitEachOnce(handled);
		}
		finally {
			instances.forEach(Instance::close);
		}
	}

	/**
	 * What {@code rabbitmq-streams add_super_stream} declares, but hashed by the broker.
	 */
	private Topology partitioned() {
		List<Queue> queues = new ArrayList<>();
		List<Binding> bindings = new ArrayList<>();
		for (int i = 0; i < PARTITIONS; i++) {
			String queue = this.exchange + "-" + i;
			queues.add(new Queue(queue, true, false, false, Map.of("x-queue-type", "stream")));
			bindings.add(new Binding(this.exchange, queue, "10", Map.of("x-stream-partition-order", i)));
		}
		Exchange hashed = new Exchange(this.exchange, "x-consistent-hash", true, false, Map.of("x-super-stream", true));
		return new Topology(List.of(hashed), queues, bindings);
	}

	private static void publish(Endpoint publisher) {
		List<CompletableFuture<Void>> sent = new ArrayList<>();
		for (int i = 0; i < EACH; i++) {
			for (int key = 0; key < KEYS; key++) {
				sent.add(publisher.sendAsync(AmqpHeaders.routed("key-" + key, new Tick("key-" + key, i))));
			}
		}
		CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
	}

	private static void awaitEachOnce(List<Handled> handled) {
		await().atMost(PATIENCE).until(() -> handled.stream().mapToInt(Handled::count).sum() == KEYS * EACH);
		Map<String, Integer> owners = new HashMap<>();
		Set<Integer> busy = new HashSet<>();
		for (int i = 0; i < PARTITIONS; i++) {
			handled.get(i).verifyOrder();
			for (Tick tick : handled.get(i).distinct()) {
				busy.add(i);
				assertThat(owners.putIfAbsent(tick.sender(), i)).as(tick.sender()).isIn(null, i);
			}
		}
		assertThat(owners).hasSize(KEYS);
		assertThat(busy).hasSize(PARTITIONS);
	}

}

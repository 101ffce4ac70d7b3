package io.gestalt.amqp.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.boot.amqp.TopologyCustomizer;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.message.Counter;
import io.gestalt.test.fault.FaultProxy;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** Kills nodes of a cluster while applications use it, and counts from outside. */
@Timeout(600)
@Tag("slow")
class ClusterTests {

	private static final boolean LONG = Boolean.getBoolean("gestalt.long");

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int DELIVERY_LIMIT = 20;

	private static RabbitCluster cluster;

	private final String exchange = "market." + UUID.randomUUID();

	private final String queue = this.exchange + ".pricing";

	private final String deadLetters = this.queue + ".dead-letter";

	@BeforeAll
	static void launch() {
		cluster = RabbitCluster.launch(3).orElse(null);
		assumeThat(cluster).as("a rabbitmq-server on this machine").isNotNull();
	}

	@AfterAll
	static void close() {
		if (cluster != null) {
			cluster.close();
		}
	}

	private String[] publisher() {
		return new String[] { "gestalt.amqp.publisher.prices.exchange=" + this.exchange,
				"gestalt.amqp.publisher.prices.mandatory=true" };
	}

	private String[] subscriber(String... further) {
		return Stream
			.concat(Stream.of("exchange=" + this.exchange, "group=pricing", "retry.initial-interval=10ms"),
					Stream.of(further))
			.map((property) -> "gestalt.amqp.subscriber.ticks." + property)
			.toArray(String[]::new);
	}

	private static Connection connect(RabbitBroker node) throws Exception {
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost(node.host());
		factory.setPort(node.port());
		return factory.newConnection();
	}

	private static long depth(RabbitBroker node, String queue) throws Exception {
		try (Connection connection = connect(node)) {
			return connection.createChannel().messageCount(queue);
		}
	}

	private static void awaitDepth(RabbitBroker node, String queue, long depth) {
		await().atMost(PATIENCE).until(() -> depth(node, queue) == depth);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void losesNothingConfirmedWhenTheNodeThatLeadsIsKilled(boolean single) throws Exception {
		Handled handled = new Handled();
		try (Instance receiver = Instance.start(cluster.properties(), subscriber("single-active-consumer=" + single),
				handled);
				Instance sender = Instance.start(cluster.properties(), publisher());
				Senders senders = new Senders(sender.endpoint("prices"), 3, Duration.ofMillis(2))) {
			for (int i = 0; i < (LONG ? 20 : 1); i++) {
				senders.awaitMore(500);
				RabbitBroker leader = cluster.leader(this.queue).orElseThrow();
				if (i == 0) {
					assertThat(leader).isSameAs(cluster.node(0));
				}
				leader.kill();
				int before = handled.count();
				await().atMost(SOON).until(() -> handled.count() > before + 100);
				senders.awaitMore(500);
				leader.start();
			}
			Set<Tick> confirmed = senders.finish();
			await().atMost(PATIENCE).until(() -> handled.distinct().containsAll(confirmed));
			if (single) {
				handled.verifyOrder();
			}
			handled.verifyOrderOfFirstDeliveries();
			awaitDepth(cluster.node(1), this.queue, 0);
			assertThat(depth(cluster.node(1), this.deadLetters)).isZero();
		}
	}

	@Test
	void putsAsideWhatFailsWhileANodeIsDown() throws Exception {
		try (Instance receiver = Instance.start(cluster.properties(), subscriber("retry.attempts=1"), new Failing());
				Instance sender = Instance.start(cluster.properties(), publisher())) {
			RabbitBroker leader = cluster.leader(this.deadLetters).orElseThrow();
			leader.kill();
			try {
				await().atMost(SOON)
					.ignoreExceptions()
					.until(() -> sender.endpoint("prices").sendAsync(new Tick("a", 1)).thenApply((sent) -> true).get());
				RabbitBroker other = cluster.nodes()
					.stream()
					.filter((node) -> node != leader)
					.findFirst()
					.orElseThrow();
				awaitDepth(other, this.deadLetters, 1);
			}
			finally {
				leader.start();
			}
		}
	}

	@Test
	void keepsWhatCannotBePutAside() throws Exception {
		RabbitBroker home = cluster.node(2);
		try (Connection connection = connect(home)) {
			connection.createChannel().queueDeclare(this.deadLetters, true, false, false, null);
		}
		TopologyCustomizer classic = (name, topology) -> new Topology(topology.exchanges(),
				topology.queues()
					.stream()
					.map((queue) -> queue.name().equals(this.deadLetters)
							? new Topology.Queue(queue.name(), true, false, false, Map.of()) : queue)
					.toList(),
				topology.bindings());
		Failing failing = new Failing();
		try (Instance receiver = Instance.start(cluster.properties(), subscriber("retry.attempts=1"), failing, classic);
				Instance sender = Instance.start(cluster.properties(), publisher())) {
			home.kill();
			try {
				send(sender, 1);
				await().atMost(LONG ? Duration.ofMinutes(12) : PATIENCE)
					.until(() -> failing.count() >= (LONG ? 1 + DELIVERY_LIMIT : 4));
				await().atMost(PATIENCE)
					.until(() -> cluster.control("list_queues", "--silent", "name", "messages")
						.contains(this.queue + "\t1"));
			}
			finally {
				home.start();
			}
			if (LONG) {
				await().atMost(Duration.ofMinutes(4)).until(() -> depth(home, this.deadLetters) == 1);
			}
		}
	}

	@Test
	void handsOverToAnotherInstanceInOrder() throws Exception {
		Handled handled = new Handled();
		RabbitBroker node = cluster.node(1);
		try (FaultProxy proxy = new FaultProxy(node.host(), node.port());
				Instance first = Instance.start(
						new String[] { "spring.rabbitmq.addresses=%s:%d".formatted(proxy.host(), proxy.port()) },
						subscriber("single-active-consumer=true"), handled);
				Instance second = Instance.start(cluster.properties(), subscriber("single-active-consumer=true"),
						handled);
				Instance sender = Instance.start(cluster.properties(), publisher());
				Senders senders = new Senders(sender.endpoint("prices"), 3, Duration.ofMillis(1))) {
			senders.awaitMore(1000);
			assertThat(second.endpoint("ticks").counters().get(Counter.RECEIVED)).isZero();
			proxy.refuse(true).cut();
			await().atMost(SOON).until(() -> second.endpoint("ticks").counters().get(Counter.HANDLED) > 500);
			senders.awaitMore(500);
			Set<Tick> confirmed = senders.finish();
			await().atMost(PATIENCE).until(() -> handled.distinct().containsAll(confirmed));
			handled.verifyOrder();
			awaitDepth(node, this.queue, 0);
		}
	}

	@Test
	void broadcastsToEveryInstanceAlsoAfterItsNodeWasKilled() throws Exception {
		Handled first = new Handled();
		Handled second = new Handled();
		try (Instance one = Instance.start(cluster.properties(), subscriber("mode=broadcast"), first);
				Instance two = Instance.start(cluster.node(1).properties(), subscriber("mode=broadcast"), second);
				Instance sender = Instance.start(cluster.node(2).properties(), publisher())) {
			send(sender, 0);
			await().atMost(SOON).until(() -> first.count() == 1 && second.count() == 1);
			cluster.node(0).kill();
			try {
				await().atMost(SOON).until(() -> one.endpoint("ticks").state() == EndpointState.READY);
				send(sender, 1);
				await().atMost(SOON).until(() -> first.distinct().contains(new Tick("a", 1)));
				await().atMost(SOON).until(() -> second.count() == 2);
			}
			finally {
				cluster.node(0).start();
			}
		}
	}

	private static void send(Instance sender, int number) throws Exception {
		sender.endpoint("prices").sendAsync(new Tick("a", number)).get();
	}

	@ParameterizedTest
	@ValueSource(strings = { "quorum", "classic" })
	void answersAgainAfterANodeWasKilled(String queueType) throws Exception {
		String service = "quotes." + UUID.randomUUID();
		try (Instance responder = Instance.start(cluster.properties(),
				new String[] { "gestalt.amqp.responder.desk.service=" + service,
						"gestalt.amqp.responder.desk.queue-type=" + queueType },
				new Desk());
				Instance requester = Instance.start(cluster.properties(),
						new String[] { "gestalt.amqp.requester.quotes.service=" + service,
								"gestalt.amqp.requester.quotes.request-timeout=2s",
								"gestalt.defaults.reconnect.initial-interval=1s",
								"gestalt.defaults.reconnect.jitter=false" });
				Asking asking = new Asking(requester.endpoint("quotes"))) {
			asking.awaitReplies(SOON);
			RabbitBroker home = cluster.leader(service).orElseThrow();
			home.kill();
			if (queueType.equals("quorum")) {
				asking.awaitReplies(SOON);
				home.start();
			}
			else {
				asking.awaitFailures(20);
				home.start();
				asking.awaitReplies(SOON);
			}
			asking.finish();
		}
	}

	@Test
	void startsWhileTheNodeOfItsServiceIsDown() throws Exception {
		String service = "quotes." + UUID.randomUUID();
		String[] properties = { "gestalt.amqp.responder.desk.service=" + service };
		Instance.start(cluster.properties(), properties, new Desk()).close();
		RabbitBroker home = cluster.leader(service).orElseThrow();
		home.kill();
		try (Instance responder = Instance.start(cluster.properties(), properties, new Desk())) {
			assertThat(responder.endpoint("desk").state()).isEqualTo(EndpointState.CONNECTING);
			home.start();
			await().atMost(SOON).until(() -> responder.endpoint("desk").state() == EndpointState.READY);
		}
	}

}

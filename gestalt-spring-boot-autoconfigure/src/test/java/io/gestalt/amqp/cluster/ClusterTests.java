package io.gestalt.amqp.cluster;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** Kills nodes of a cluster while applications use it, and counts from outside. */
@Timeout(600)
class ClusterTests {

	private static final boolean LONG = Boolean.getBoolean("gestalt.long");

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

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

	private String[] subscriber() {
		return new String[] { "gestalt.amqp.subscriber.ticks.exchange=" + this.exchange,
				"gestalt.amqp.subscriber.ticks.group=pricing" };
	}

	private static long depth(RabbitBroker node, String queue) throws Exception {
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost(node.host());
		factory.setPort(node.port());
		try (Connection connection = factory.newConnection()) {
			return connection.createChannel().messageCount(queue);
		}
	}

	@Test
	void losesNothingConfirmedWhenTheNodeThatLeadsIsKilled() throws Exception {
		Handled handled = new Handled();
		try (Instance receiver = Instance.start(cluster.properties(), subscriber(), handled);
				Instance sender = Instance.start(cluster.properties(), publisher());
				Senders senders = new Senders(sender.endpoint("prices"), 3, Duration.ofMillis(2))) {
			for (int i = 0; i < (LONG ? 20 : 1); i++) {
				senders.awaitMore(500);
				RabbitBroker leader = cluster.leader(this.queue).orElseThrow();
				if (i == 0) {
					assertThat(leader).isSameAs(cluster.node(0));
				}
				leader.kill();
				long killed = System.nanoTime();
				int before = handled.count();
				await().atMost(SOON).until(() -> handled.count() > before + 100);
				System.out.println("XXX consuming again after ms " + (System.nanoTime() - killed) / 1_000_000);
				senders.awaitMore(500);
				leader.start();
			}
			Set<Tick> confirmed = senders.finish();
			System.out.println("XXX confirmed " + confirmed.size() + " failed " + senders.failed());
			await().atMost(PATIENCE).until(() -> handled.distinct().containsAll(confirmed));
			System.out.println("XXX handled " + handled.count() + " distinct " + handled.distinct().size());
			handled.verifyOrder();
			await().atMost(PATIENCE).until(() -> depth(cluster.node(1), this.queue) == 0);
			assertThat(depth(cluster.node(1), this.deadLetters)).isZero();
		}
	}

}

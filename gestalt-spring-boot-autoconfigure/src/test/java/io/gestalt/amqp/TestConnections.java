package io.gestalt.amqp;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import com.rabbitmq.client.ConnectionFactory;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.content.AmqpCodec;
import io.gestalt.amqp.settings.AmqpResources;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.amqp.topology.TopologyMode;
import io.gestalt.codec.Codecs;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.endpoint.connect.Reconnect;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** The connections of an application that does not exist. */
public final class TestConnections implements AutoCloseable {

	static final Reconnect SOON = new Reconnect(Duration.ofMillis(20), 1.5, Duration.ofMillis(500), false);

	private static final int MAX_SIZE = 1_000_000;

	private final CachingConnectionFactory factory;

	private final AmqpConnections connections;

	private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "test-scheduler");
		thread.setDaemon(true);
		return thread;
	});

	public TestConnections(String host, int port, int heartbeatSeconds) {
		ConnectionFactory rabbit = new ConnectionFactory();
		rabbit.setHost(host);
		rabbit.setPort(port);
		rabbit.setAutomaticRecoveryEnabled(false);
		rabbit.setRequestedHeartbeat(heartbeatSeconds);
		rabbit.setConnectionTimeout(2000);
		rabbit.setHandshakeTimeout(2000);
		this.factory = new CachingConnectionFactory(rabbit);
		this.factory.setCloseTimeout(1000);
		this.connections = new AmqpConnections(this.factory);
	}

	public TestConnections(String host, int port) {
		this(host, port, 60);
	}

	ConnectionFactory rabbit() {
		return this.factory.getRabbitConnectionFactory();
	}

	public AmqpConnections connections() {
		return this.connections;
	}

	/** Settings with JSON, and what the tests vary. */
	public AmqpSettings settings(String name, Topology topology, Duration sendTimeout) {
		return settings(name, topology, sendTimeout, (event) -> {
		});
	}

	public AmqpSettings settings(String name, Topology topology, Duration sendTimeout, EndpointObserver observer) {
		Codecs codecs = Codecs.builder().serializer(new BrokenSerializer()).build();
		AmqpCodec codec = new AmqpCodec(codecs, codecs.payloadCodec("json", null), MAX_SIZE, MAX_SIZE);
		AmqpResources resources = new AmqpResources(this.connections, this.scheduler, Runnable::run, SOON,
				TopologyMode.DECLARE);
		return new AmqpSettings(name, codec, resources, topology, sendTimeout, observer);
	}

	@Override
	public void close() {
		this.factory.destroy();
		this.scheduler.shutdownNow();
	}

}

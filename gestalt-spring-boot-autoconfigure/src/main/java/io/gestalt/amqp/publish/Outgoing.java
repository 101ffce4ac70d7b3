package io.gestalt.amqp.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.channel.ChannelKeeper;
import io.gestalt.amqp.content.AmqpMessage;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.message.Counters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an endpoint publishes beside its proper work: replies, dead letters, messages. Its
 * channel is opened when it is first needed, which for most subscribers is never.
 */
public final class Outgoing implements ChannelKeeper.User {

	private static final Logger logger = LoggerFactory.getLogger(Outgoing.class);

	private static final int WINDOW = 250;

	private final AmqpSettings settings;

	private final ConfirmingChannel channel;

	private boolean running;

	private boolean opened;

	public Outgoing(AmqpSettings settings, Counters counters) {
		this.settings = settings;
		this.channel = new ConfirmingChannel(settings, SendLimits.confirmed(WINDOW), Topology.NONE, counters, this);
	}

	/** The endpoint is open: from now on, until the stop, messages are not refused. */
	public synchronized void start() {
		this.running = true;
	}

	/** Publishes a message, as {@link ConfirmingChannel} does. */
	public CompletableFuture<Void> publish(AmqpMessage message) {
		open();
		return this.channel.publish(message);
	}

	/** Publishes a message without waiting for the broker. */
	public void send(AmqpMessage message) {
		open();
		this.channel.send(message);
	}

	private synchronized void open() {
		if (this.running && !this.opened) {
			this.opened = true;
			this.channel.begin();
		}
	}

	/** Declares again what is not tied to one connection, after something was missing. */
	public void restore() {
		Topology all = this.settings.topology();
		List<Topology.Queue> queues = all.queues().stream().filter((queue) -> !queue.exclusive()).toList();
		Set<String> names = queues.stream().map(Topology.Queue::name).collect(Collectors.toSet());
		List<Topology.Binding> bindings = all.bindings()
			.stream()
			.filter((binding) -> names.contains(binding.queue()))
			.toList();
		try {
			new Topology(all.exchanges(), queues, bindings).apply(this.settings.resources().connections().publishing(),
					this.settings.resources().topology());
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Endpoint '{}' could not declare again what it needs", this.settings.name(), ex);
		}
	}

	/**
	 * Waits for what is unconfirmed, and takes nothing more.
	 * @return how many messages nobody has confirmed
	 */
	public int stop(Duration grace) {
		synchronized (this) {
			this.running = false;
			if (!this.opened) {
				return 0;
			}
			this.opened = false;
		}
		return this.channel.stop(grace);
	}

	@Override
	public void opened(Channel channel) {
	}

	@Override
	public void lost(Channel channel, ShutdownSignalException cause) {
	}

	@Override
	public void failed(Exception cause, Duration retryIn) {
	}

}

package io.gestalt.boot.test.amqp.broker;

import java.io.IOException;

import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.Envelope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes messages of a queue on behalf of a channel; guarded by its broker. */
final class MemoryConsumer {

	private static final Logger logger = LoggerFactory.getLogger(MemoryConsumer.class);

	private final MemoryAmqpChannel channel;

	private final String tag;

	private final boolean autoAck;

	private final Consumer consumer;

	private final int prefetch;

	private int unsettled;

	MemoryConsumer(MemoryAmqpChannel channel, String tag, boolean autoAck, int prefetch, Consumer consumer) {
		this.channel = channel;
		this.tag = tag;
		this.autoAck = autoAck;
		this.consumer = consumer;
		this.prefetch = prefetch;
	}

	boolean ready() {
		return this.autoAck || this.prefetch == 0 || this.unsettled < this.prefetch;
	}

	void settled() {
		this.unsettled--;
	}

	void deliver(MemoryQueue queue, StoredMessage message) {
		this.unsettled += this.autoAck ? 0 : 1;
		Envelope envelope = new Envelope(this.channel.delivered(this, queue, message, this.autoAck),
				message.redelivered(), message.exchange(), message.routingKey());
		tell(() -> this.consumer.handleDelivery(this.tag, envelope, message.properties(), message.body()));
	}

	void begun() {
		tell(() -> this.consumer.handleConsumeOk(this.tag));
	}

	void cancelled() {
		tell(() -> this.consumer.handleCancelOk(this.tag));
	}

	/** The queue has gone. */
	void deleted() {
		tell(() -> this.consumer.handleCancel(this.tag));
	}

	void ended() {
		tell(() -> this.consumer.handleShutdownSignal(this.tag, this.channel.closeReason()));
	}

	private void tell(News news) {
		this.channel.tell(() -> {
			try {
				news.tell();
			}
			catch (IOException ex) {
				logger.warn("Consumer '{}' failed", this.tag, ex);
			}
		});
	}

	private interface News {

		void tell() throws IOException;

	}

}

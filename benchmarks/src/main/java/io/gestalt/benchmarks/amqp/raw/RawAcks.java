package io.gestalt.benchmarks.amqp.raw;

import java.io.IOException;

import com.rabbitmq.client.Channel;

/** Acknowledges many messages with one frame; for the thread that handles them. */
final class RawAcks {

	private static final int MANY = 100;

	private final Channel channel;

	private long last;

	private int count;

	RawAcks(Channel channel) {
		this.channel = channel;
	}

	/** A message was handled. */
	void handled(long tag) throws IOException {
		this.last = tag;
		if (++this.count == MANY) {
			flush();
		}
	}

	/** Acknowledges the rest. */
	void flush() throws IOException {
		if (this.count > 0) {
			this.count = 0;
			this.channel.basicAck(this.last, true);
		}
	}

}

package io.gestalt.benchmarks.amqp.raw;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.gestalt.benchmarks.amqp.contender.Requester;
import io.gestalt.benchmarks.amqp.workload.Place;

/**
 * Asks over one channel, and takes replies by RabbitMQ's direct reply-to, which needs no
 * queue.
 */
final class RawRequester implements Requester {

	private static final String DIRECT = "amq.rabbitmq.reply-to";

	private static final int LIMIT_SECONDS = 5;

	private final Place place;

	private final RawCodec codec;

	private final RawLine line;

	private final ReentrantLock writing = new ReentrantLock();

	private final AtomicLong ids = new AtomicLong();

	private final Map<String, CompletableFuture<Object>> pending = new ConcurrentHashMap<>();

	RawRequester(Place place) throws Exception {
		this.place = place;
		this.codec = new RawCodec(place.workload());
		this.line = RawLine.open(place);
		this.line.channel().basicConsume(DIRECT, true, new Replies(this.line.channel()));
	}

	@Override
	public Object request(Object payload) throws Exception {
		String id = Long.toString(this.ids.incrementAndGet(), Character.MAX_RADIX);
		CompletableFuture<Object> reply = new CompletableFuture<>();
		this.pending.put(id, reply);
		try {
			send(this.codec.properties().builder().replyTo(DIRECT).correlationId(id).build(),
					this.codec.encode(payload));
			return reply.get(LIMIT_SECONDS, TimeUnit.SECONDS);
		}
		finally {
			this.pending.remove(id);
		}
	}

	private void send(AMQP.BasicProperties properties, byte[] body) throws IOException {
		this.writing.lock();
		try {
			this.line.channel().basicPublish("", this.place.queue(), properties, body);
		}
		finally {
			this.writing.unlock();
		}
	}

	@Override
	public void close() throws Exception {
		this.line.close();
	}

	private final class Replies extends DefaultConsumer {

		Replies(Channel channel) {
			super(channel);
		}

		@Override
		public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
			CompletableFuture<Object> reply = RawRequester.this.pending.remove(properties.getCorrelationId());
			if (reply != null) {
				reply.complete(RawRequester.this.codec.decode(body));
			}
		}

	}

}

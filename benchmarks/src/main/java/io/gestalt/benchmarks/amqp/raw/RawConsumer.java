package io.gestalt.benchmarks.amqp.raw;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.gestalt.benchmarks.amqp.contender.Consumer;
import io.gestalt.benchmarks.amqp.contender.Tally;
import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.amqp.workload.Place;
import org.jspecify.annotations.Nullable;

/** Handles messages on the client's own thread, and acknowledges 100 with one frame. */
final class RawConsumer implements Consumer {

	private static final int LIMIT_SECONDS = 60;

	private final Place place;

	private final Tally tally;

	private final RawCodec codec;

	private final RawLine line;

	private @Nullable Deliveries deliveries;

	RawConsumer(Place place, Tally tally) throws Exception {
		this.place = place;
		this.tally = tally;
		this.codec = new RawCodec(place.workload());
		this.line = RawLine.open(place);
	}

	@Override
	public void start() throws IOException {
		Channel channel = this.line.connection().createChannel();
		channel.basicQos(AmqpWorkload.PREFETCH);
		Deliveries started = new Deliveries(channel);
		channel.basicConsume(this.place.queue(), false, started);
		this.deliveries = started;
	}

	@Override
	public void stop() throws Exception {
		Deliveries started = this.deliveries;
		if (started != null) {
			started.getChannel().basicCancel(started.getConsumerTag());
			started.cancelled.await(LIMIT_SECONDS, TimeUnit.SECONDS);
			started.getChannel().close();
		}
	}

	@Override
	public void close() throws Exception {
		this.line.close();
	}

	private final class Deliveries extends DefaultConsumer {

		private final CountDownLatch cancelled = new CountDownLatch(1);

		private final RawAcks acks;

		Deliveries(Channel channel) {
			super(channel);
			this.acks = new RawAcks(channel);
		}

		@Override
		public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
				throws IOException {
			RawConsumer.this.codec.decode(body);
			RawConsumer.this.tally.handled();
			this.acks.handled(envelope.getDeliveryTag());
		}

		@Override
		public void handleCancelOk(String tag) {
			try {
				this.acks.flush();
			}
			catch (IOException ex) {
				throw new IllegalStateException("RabbitMQ is gone", ex);
			}
			finally {
				this.cancelled.countDown();
			}
		}

	}

}

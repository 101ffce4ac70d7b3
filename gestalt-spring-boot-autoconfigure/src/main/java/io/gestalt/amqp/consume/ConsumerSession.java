package io.gestalt.amqp.consume;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.connection.Aside;
import io.gestalt.amqp.connection.Channels;
import io.gestalt.amqp.consume.AmqpReceiver.Rest;
import io.gestalt.amqp.content.AmqpCodec;
import org.jspecify.annotations.Nullable;

/**
 * One consumer on one channel, from {@code basic.consume} until the channel closes.
 */
final class ConsumerSession extends DefaultConsumer {

	private static final String STREAM_OFFSET = "x-stream-offset";

	/** No delivery has this tag. */
	private static final long NONE = 0;

	private static final Duration CANCEL = Duration.ofSeconds(2);

	private static final Duration GOODBYE = Duration.ofSeconds(2);

	private final ConsumptionOptions options;

	private final AckLedger ledger;

	private final Restorer restorer;

	private final Inbox inbox;

	private final AmqpReceiver receiver;

	/** The delivery tag that comes next, as they count from 1 on each channel. */
	private long next = 1;

	private volatile @Nullable String tag;

	ConsumerSession(Channel channel, AckLedger ledger, AmqpConsumption consumption) {
		super(channel);
		this.ledger = ledger;
		this.options = consumption.options();
		this.restorer = consumption.queue();
		this.receiver = consumption.receiver();
		this.inbox = new Inbox(ledger, consumption.counters());
	}

	int unsettled() {
		return this.ledger.unsettled();
	}

	Inbox inbox() {
		return this.inbox;
	}

	/**
	 * Starts to consume.
	 * @param after the last message that was settled before, from which a stream goes on
	 */
	void open(@Nullable AmqpDelivery after) throws IOException {
		getChannel().basicQos(this.options.prefetch());
		consume(after);
	}

	private void consume(@Nullable AmqpDelivery after) throws IOException {
		Map<String, Object> arguments = new HashMap<>(this.options.arguments());
		Object offset = (after != null) ? AmqpCodec.header(after.properties(), STREAM_OFFSET) : null;
		if (offset instanceof Number number) {
			arguments.put(STREAM_OFFSET, number.longValue() + 1);
		}
		this.tag = getChannel().basicConsume(this.restorer.name(), false, "", false, this.options.exclusive(),
				arguments, this);
	}

	@Override
	public void handleDelivery(String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
		if (envelope.getDeliveryTag() != this.next) {
			missed();
			return;
		}
		AmqpDelivery delivery = new AmqpDelivery(envelope, properties, body, this.ledger);
		if (!this.options.direct()) {
			this.inbox.add(delivery);
		}
		else if (getChannel().isOpen() && this.inbox.enter(delivery)) {
			this.inbox.leave(handle(delivery));
		}
		this.next++;
	}

	/**
	 * A delivery was lost on its way here, for want of memory, and must not be
	 * acknowledged with those behind it: all of them come again on another channel.
	 */
	private void missed() {
		if (this.next != NONE) {
			this.next = NONE;
			Aside.run("close-broken", () -> Channels.abandon(getChannel()));
		}
	}

	/** What fails is seen to by the thread of the consumer, for this one is not ours. */
	private @Nullable Rest handle(AmqpDelivery delivery) {
		try {
			return this.receiver.tryReceive(delivery, this.inbox);
		}
		catch (RuntimeException | Error ex) {
			return () -> {
				throw ex;
			};
		}
	}

	@Override
	public void handleCancelOk(String consumerTag) {
		this.inbox.end();
	}

	/** The queue is gone, or on its way to another node. */
	@Override
	public void handleCancel(String consumerTag) throws IOException {
		try {
			this.restorer.restore(getChannel().getConnection());
			consume(this.ledger.last());
		}
		catch (IOException | RuntimeException ex) {
			this.restorer.failed(ex);
			getChannel().abort();
		}
	}

	@Override
	public void handleShutdownSignal(String consumerTag, ShutdownSignalException signal) {
		this.inbox.lose();
	}

	/** The last message before which all are settled, {@code null} if there is none. */
	@Nullable AmqpDelivery last() {
		return this.ledger.last();
	}

	/**
	 * Takes nothing more.
	 * @param handleBacklog whether what waits here is handled
	 * @param cancels whether the broker is told to deliver nothing more
	 */
	void stop(boolean handleBacklog, boolean cancels) {
		this.inbox.stop(handleBacklog);
		if (!cancels) {
			this.inbox.end();
		}
	}

	/** Tells the broker to deliver nothing more; must not be called by a consumer. */
	void cancel() {
		String consumer = this.tag;
		try {
			if (consumer != null) {
				getChannel().basicCancel(consumer);
			}
		}
		catch (IOException | ShutdownSignalException ex) {
			this.inbox.end();
		}
	}

	/**
	 * Lets handlers finish that have returned but not settled, and waits for the
	 * cancellation.
	 */
	void settle(long deadline) throws InterruptedException {
		this.ledger.awaitSettled(deadline);
		this.inbox.awaitEnd(CANCEL);
	}

	/**
	 * Acknowledges what was handled and closes the channel, by which everything else goes
	 * back to its queue. A broker that does not read is not waited for long.
	 * @return how many messages went back, 0 if it is closed already
	 */
	int close() {
		return close(GOODBYE);
	}

	/** Closes it while its handlers have not returned, without waiting for the broker. */
	int abandon() {
		return close(Duration.ZERO);
	}

	private int close(Duration patience) {
		int returned = this.ledger.close(patience);
		int waiting = this.inbox.close();
		if (waiting < 0) {
			return 0;
		}
		Thread closing = Aside.run("close", () -> Channels.abandon(getChannel()));
		await(closing, patience);
		return returned + waiting;
	}

	private static void await(Thread closing, Duration patience) {
		try {
			if (!patience.isZero()) {
				closing.join(patience.toMillis());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Brings back what was deleted on the broker. */
	interface Restorer {

		String name();

		void restore(Connection connection) throws IOException;

		void failed(Exception cause);

	}

}

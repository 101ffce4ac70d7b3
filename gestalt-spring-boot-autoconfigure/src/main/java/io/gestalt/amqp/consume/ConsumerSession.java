package io.gestalt.amqp.consume;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.connection.Aside;
import io.gestalt.amqp.content.AmqpCodec;
import org.jspecify.annotations.Nullable;

/**
 * One consumer on one channel, from {@code basic.consume} until the channel closes. What
 * is delivered waits here, never more than the prefetch count, until the thread of the
 * consumer takes it.
 */
final class ConsumerSession extends DefaultConsumer implements Intake {

	private static final String STREAM_OFFSET = "x-stream-offset";

	private static final Duration CANCEL = Duration.ofSeconds(2);

	private static final Duration GOODBYE = Duration.ofSeconds(2);

	private final ConsumptionOptions options;

	private final AckLedger ledger;

	private final Restorer restorer;

	private final Deque<AmqpDelivery> delivered = new ArrayDeque<>();

	private Ending ending = Ending.NONE;

	private boolean over;

	private boolean closed;

	private volatile @Nullable String tag;

	ConsumerSession(Channel channel, AckLedger ledger, ConsumptionOptions options, Restorer restorer) {
		super(channel);
		this.ledger = ledger;
		this.options = options;
		this.restorer = restorer;
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
	public synchronized void handleDelivery(String consumerTag, Envelope envelope, AMQP.BasicProperties properties,
			byte[] body) {
		this.delivered.add(new AmqpDelivery(envelope, properties, body, this.ledger));
		notifyAll();
	}

	@Override
	public void handleCancelOk(String consumerTag) {
		end();
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
	public synchronized void handleShutdownSignal(String consumerTag, ShutdownSignalException signal) {
		this.delivered.clear();
		if (this.ending == Ending.NONE) {
			this.ending = Ending.AT_ONCE;
		}
		this.over = true;
		notifyAll();
	}

	private synchronized void end() {
		this.over = true;
		notifyAll();
	}

	@Override
	public @Nullable AmqpDelivery next(Duration timeout) throws InterruptedException {
		AmqpDelivery delivery = poll();
		if (delivery == null) {
			this.ledger.idle(true);
			try {
				delivery = await(timeout.toNanos());
			}
			finally {
				this.ledger.idle(false);
			}
		}
		return delivery;
	}

	private synchronized @Nullable AmqpDelivery poll() {
		AmqpDelivery delivery = (this.ending != Ending.AT_ONCE) ? this.delivered.poll() : null;
		if (delivery != null) {
			this.ledger.handOut(delivery);
		}
		return delivery;
	}

	private synchronized @Nullable AmqpDelivery await(long nanos) throws InterruptedException {
		long deadline = System.nanoTime() + nanos;
		while (this.delivered.isEmpty() && !this.over && this.ending != Ending.AT_ONCE) {
			long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime() + 999_999);
			if (millis <= 0) {
				return null;
			}
			wait(millis);
		}
		return poll();
	}

	@Override
	public synchronized boolean pause(Duration time) throws InterruptedException {
		long deadline = System.nanoTime() + time.toNanos();
		while (this.ending == Ending.NONE && !this.over) {
			long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime() + 999_999);
			if (millis <= 0) {
				return true;
			}
			wait(millis);
		}
		return false;
	}

	/** Whether more will come. */
	synchronized boolean isOpen() {
		return this.ending != Ending.AT_ONCE && !(this.over && this.delivered.isEmpty());
	}

	/** How many messages wait. */
	synchronized int backlog() {
		return this.delivered.size();
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
	synchronized void stop(boolean handleBacklog, boolean cancels) {
		if (this.ending == Ending.NONE) {
			this.ending = handleBacklog ? Ending.HANDLE_BACKLOG : Ending.AT_ONCE;
		}
		this.over |= !cancels;
		notifyAll();
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
			end();
		}
	}

	/**
	 * Lets handlers finish that have returned but not settled, and waits for the
	 * cancellation.
	 */
	void settle(long deadline) throws InterruptedException {
		this.ledger.awaitSettled(deadline);
		long limit = System.nanoTime() + CANCEL.toNanos();
		synchronized (this) {
			while (!this.over && System.nanoTime() - limit < 0) {
				wait(CANCEL.toMillis());
			}
		}
	}

	/**
	 * Acknowledges what was handled and closes the channel, by which everything else goes
	 * back to its queue.
	 * @return how many messages went back, 0 if it is closed already
	 */
	int close() {
		int returned = this.ledger.close();
		synchronized (this) {
			if (this.closed) {
				return 0;
			}
			this.closed = true;
			this.over = true;
			this.ending = Ending.AT_ONCE;
			returned += this.delivered.size();
			this.delivered.clear();
			notifyAll();
		}
		goodbye();
		return returned;
	}

	/** A broker that does not read is not waited for. */
	private void goodbye() {
		Thread closing = Aside.run("close", () -> {
			try {
				getChannel().abort();
			}
			catch (IOException ex) {
				// it is gone anyway
			}
		});
		try {
			closing.join(GOODBYE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private enum Ending {

		NONE, HANDLE_BACKLOG, AT_ONCE

	}

	/** Brings back what was deleted on the broker. */
	interface Restorer {

		String name();

		void restore(Connection connection) throws IOException;

		void failed(Exception cause);

	}

}

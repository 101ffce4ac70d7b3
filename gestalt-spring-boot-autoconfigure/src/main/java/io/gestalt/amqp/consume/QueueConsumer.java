package io.gestalt.amqp.consume;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.connection.Aside;
import io.gestalt.amqp.consume.AmqpReceiver.Rest;
import io.gestalt.amqp.topology.TopologyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;

/**
 * One consumer of a queue: a thread on which messages are handled one after the other,
 * and which opens another channel when one was lost.
 */
final class QueueConsumer implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(QueueConsumer.class);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

	private static final Duration LOOK = Duration.ofSeconds(10);

	private final AmqpConsumption consumption;

	private final Thread thread;

	private @Nullable ConsumerSession session;

	private @Nullable AmqpDelivery last;

	private boolean stopping;

	private boolean handleBacklog;

	private long deadline;

	private int returned;

	QueueConsumer(AmqpConsumption consumption, String name) {
		this.consumption = consumption;
		this.thread = new Thread(this, name);
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	@Override
	public void run() {
		int failures = 0;
		while (!isStopping()) {
			long start = System.nanoTime();
			Exception failure = consume();
			if (isStopping()) {
				break;
			}
			Duration pause = this.consumption.reconnect().delay(failures + 1);
			boolean lasted = System.nanoTime() - start > this.consumption.reconnect().maxInterval().toNanos();
			failures = lasted ? 0 : failures + 1;
			if (failure != null) {
				this.consumption.queue().failed(failure);
			}
			else {
				this.consumption.queue().forget();
			}
			pause((pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE);
		}
		this.consumption.ended(this);
	}

	/** Consumes over one channel until it is gone. */
	private @Nullable Exception consume() {
		ConsumerSession opened = null;
		try {
			opened = open();
			this.consumption.consuming();
			work(opened);
			return null;
		}
		catch (IOException | AmqpException | ShutdownSignalException | TopologyException ex) {
			return ex;
		}
		catch (InterruptedException ex) {
			return null;
		}
		catch (RuntimeException | Error ex) {
			logger.error("Consumer of queue '{}' failed, what it had goes back to the queue",
					this.consumption.options().queue(), ex);
			this.consumption.settings().uncaught(ex);
			return new AmqpException("Consumer failed", ex);
		}
		finally {
			if (opened != null) {
				close(opened);
			}
		}
	}

	private ConsumerSession open() throws IOException {
		Channel channel = this.consumption.queue().open();
		AckLedger ledger = new AckLedger(channel, this.consumption.flusher(), this.consumption.options().prefetch());
		ConsumerSession opened = new ConsumerSession(channel, ledger, this.consumption);
		try {
			opened.open(this.last);
		}
		catch (IOException | ShutdownSignalException ex) {
			opened.close();
			throw ex;
		}
		boolean late;
		synchronized (this) {
			this.session = opened;
			late = this.stopping;
		}
		if (late) {
			stop(this.deadline, this.handleBacklog);
		}
		return opened;
	}

	private void work(ConsumerSession opened) throws InterruptedException {
		Inbox inbox = opened.inbox();
		while (inbox.isOpen()) {
			boolean busy = this.consumption.options().direct() ? finish(inbox) : receive(inbox);
			if (!busy && inbox.isOpen()) {
				this.consumption.queue().idle(opened.getChannel().getConnection());
			}
		}
		if (isStopping()) {
			opened.settle(this.deadline);
		}
	}

	private boolean finish(Inbox inbox) throws InterruptedException {
		Rest work = inbox.take(this.consumption.receiver(), LOOK);
		if (work != null) {
			work.finish();
			inbox.done();
		}
		return work != null;
	}

	private boolean receive(Inbox inbox) throws InterruptedException {
		AmqpDelivery delivery = inbox.next(LOOK);
		if (delivery != null) {
			this.consumption.receiver().receive(delivery, inbox);
		}
		return delivery != null;
	}

	private void close(ConsumerSession opened) {
		int count = opened.close();
		AmqpDelivery settled = opened.last();
		synchronized (this) {
			this.last = (settled != null) ? settled : this.last;
			this.session = null;
			this.returned += this.stopping ? count : 0;
		}
		if (isStopping()) {
			this.consumption.left();
		}
		else {
			this.consumption.lost(opened.getChannel().getCloseReason());
		}
	}

	private synchronized void pause(Duration pause) {
		long end = System.nanoTime() + pause.toNanos();
		long millis = pause.toMillis();
		try {
			while (!this.stopping && millis > 0) {
				wait(millis);
				millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
			}
		}
		catch (InterruptedException ex) {
			logger.debug("Interrupted, which counts as the end of a pause", ex);
		}
	}

	synchronized boolean isStopping() {
		return this.stopping;
	}

	private synchronized boolean isConnecting() {
		return this.session == null;
	}

	/** How many messages wait for it. */
	synchronized int backlog() {
		return (this.session != null) ? this.session.inbox().size() : 0;
	}

	/** How many messages were handed out and not settled. */
	synchronized int unsettled() {
		return (this.session != null) ? this.session.unsettled() : 0;
	}

	/**
	 * Takes nothing more.
	 * @param until when handlers must be done, by the clock of {@link System#nanoTime()}
	 * @param withBacklog whether what waits here is handled
	 */
	void stop(long until, boolean withBacklog) {
		ConsumerSession open;
		synchronized (this) {
			this.stopping = true;
			this.deadline = until;
			this.handleBacklog = withBacklog;
			open = this.session;
			notifyAll();
		}
		if (open != null) {
			boolean cancels = this.consumption.queue().cancels();
			open.stop(this.handleBacklog, cancels);
			if (cancels) {
				Aside.run("cancel", open::cancel);
			}
		}
	}

	/** Gives up what is not handled, unless it has stopped. */
	void abandon() {
		if (this.thread.isAlive()) {
			ConsumerSession open;
			synchronized (this) {
				open = this.session;
			}
			int abandoned = (open != null) ? open.abandon() : 0;
			this.thread.interrupt();
			synchronized (this) {
				this.returned += abandoned;
			}
		}
	}

	/** How many messages went back to the queue. */
	synchronized int returned() {
		return this.returned;
	}

	/**
	 * Waits until it has stopped, unless it is about to connect and has nothing to
	 * finish.
	 * @param until by the clock of {@link System#nanoTime()}
	 */
	void join(long until) {
		if (isConnecting()) {
			return;
		}
		try {
			this.thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

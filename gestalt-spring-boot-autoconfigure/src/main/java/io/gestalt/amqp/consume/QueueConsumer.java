package io.gestalt.amqp.consume;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.connection.Aside;
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

	private static final Duration GOODBYE = Duration.ofSeconds(1);

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
		AckLedger ledger = new AckLedger(channel, this.consumption.scheduler(), this.consumption.options().prefetch());
		ConsumerSession opened = new ConsumerSession(channel, ledger, this.consumption.options(),
				this.consumption.queue());
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
		AmqpReceiver receiver = this.consumption.receiver();
		while (opened.isOpen()) {
			AmqpDelivery delivery = opened.next(LOOK);
			if (delivery != null) {
				receiver.receive(delivery, opened);
			}
			else if (opened.isOpen()) {
				this.consumption.queue().idle(opened.getChannel().getConnection());
			}
		}
		if (isStopping()) {
			opened.settle(this.deadline);
		}
	}

	private void close(ConsumerSession opened) {
		int count = opened.close();
		AmqpDelivery settled = opened.last();
		synchronized (this) {
			this.last = (settled != null) ? settled : this.last;
			this.session = null;
			this.returned += this.stopping ? count : 0;
		}
		if (!isStopping()) {
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

	private synchronized boolean isStopping() {
		return this.stopping;
	}

	/** How many messages wait for it. */
	synchronized int backlog() {
		return (this.session != null) ? this.session.backlog() : 0;
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

	/**
	 * Waits until it has stopped, and gives up what is not handled when the time is over.
	 * @return how many messages went back to the queue
	 */
	int join() {
		join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(this.deadline - System.nanoTime())));
		if (this.thread.isAlive()) {
			ConsumerSession open;
			synchronized (this) {
				open = this.session;
			}
			int abandoned = (open != null) ? open.close() : 0;
			this.thread.interrupt();
			join(GOODBYE.toMillis());
			synchronized (this) {
				this.returned += abandoned;
			}
		}
		synchronized (this) {
			return this.returned;
		}
	}

	private void join(long millis) {
		try {
			this.thread.join(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

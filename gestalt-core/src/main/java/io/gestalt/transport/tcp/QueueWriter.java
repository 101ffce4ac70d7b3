package io.gestalt.transport.tcp;

import java.util.concurrent.TimeUnit;

import io.gestalt.transport.Receiver;
import io.gestalt.transport.queue.OutboundBatch;
import io.gestalt.transport.queue.OutboundQueue;
import io.gestalt.transport.queue.Ticket;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what waits in a queue to a channel, as long as that is writable; used on its
 * event loop only, except where it says otherwise.
 */
final class QueueWriter {

	private static final int FIRST_LOOK_MICROS = 50;

	private static final int MAX_LOOK_MICROS = 1600;

	private final Channel channel;

	private final Runnable relieved;

	private final Runnable flush;

	private final Runnable wake = this::wake;

	private final ChannelFutureListener settled = (done) -> settled();

	private @Nullable OutboundQueue queue;

	private @Nullable Receiver receiver;

	private volatile boolean stopped;

	private int unwritten;

	/** What could not be written when the peer was last found silent, or -1. */
	private long stuckBytes = -1;

	QueueWriter(Channel channel, Runnable relieved) {
		this.channel = channel;
		this.flush = new LoopTask(channel, this::flush);
		this.relieved = relieved;
	}

	void attach(OutboundQueue outbound) {
		this.queue = outbound;
		outbound.attach(this.wake);
	}

	void detach() {
		if (this.queue != null) {
			this.queue.detach(this.wake);
			this.queue = null;
		}
	}

	/** Begins to write. */
	void open(Receiver to) {
		this.receiver = to;
		flush();
	}

	/** Takes nothing more from the queue; safe from any thread. */
	void stop() {
		this.stopped = true;
	}

	/** Spares the queue to wake, as a flush is to come anyway. */
	void cork() {
		if (this.queue != null) {
			this.queue.wakeup().spare();
		}
	}

	/**
	 * Looks for frames at short and growing intervals, for as long as somebody holds back
	 * the news of them.
	 */
	void watch() {
		if (this.queue != null && this.queue.wakeup().watch()) {
			lookIn(FIRST_LOOK_MICROS);
		}
	}

	private void lookIn(int micros) {
		this.channel.eventLoop()
			.schedule(new LoopTask(this.channel, () -> look(micros)), micros, TimeUnit.MICROSECONDS);
	}

	private void look(int micros) {
		OutboundQueue watched = this.queue;
		boolean last = micros >= MAX_LOOK_MICROS;
		boolean held = watched != null && watched.wakeup().watching(last);
		flush();
		if (held && watched == this.queue) {
			lookIn(micros * 2);
		}
	}

	private void wake() {
		this.channel.eventLoop().execute(this.flush);
	}

	void flush() {
		OutboundQueue from = this.queue;
		Receiver to = this.receiver;
		if (from == null || to == null || this.stopped || !this.channel.isActive()) {
			return;
		}
		boolean written = false;
		while (this.channel.isWritable() && !this.stopped) {
			OutboundBatch batch = from.poll();
			if (batch == null) {
				break;
			}
			write(batch, to);
			written = true;
		}
		if (written) {
			this.channel.flush();
		}
		relieve();
	}

	private void write(OutboundBatch batch, Receiver to) {
		for (Ticket ticket : batch.tickets()) {
			to.leaving(ticket);
		}
		this.unwritten++;
		this.channel.write(batch.bytes()).addListener(batch).addListener(this.settled);
	}

	private void settled() {
		this.unwritten--;
		this.stuckBytes = -1;
		relieve();
	}

	private void relieve() {
		if (this.queue != null && this.receiver != null && this.queue.takeRelief()) {
			this.receiver.writable();
			this.relieved.run();
		}
	}

	/** Whether all that was queued is written. */
	boolean flushed() {
		return this.unwritten == 0 && (this.queue == null || this.queue.count() == 0);
	}

	/** Whether the peer has read nothing since this was last asked, though it should. */
	boolean stuck() {
		ChannelOutboundBuffer out = this.channel.unsafe().outboundBuffer();
		long before = this.stuckBytes;
		this.stuckBytes = (this.unwritten > 0 && out != null) ? out.totalPendingWriteBytes() - out.currentProgress()
				: -1;
		return before >= 0 && before == this.stuckBytes;
	}

}

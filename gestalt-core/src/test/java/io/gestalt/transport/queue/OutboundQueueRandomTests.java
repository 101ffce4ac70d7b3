package io.gestalt.transport.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.SendException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many senders, one writer, connections that come, fail and go: nothing is lost twice.
 */
@Timeout(60)
class OutboundQueueRandomTests {

	private static final int SENDERS = 4;

	private static final int FRAMES = Boolean.getBoolean("gestalt.long") ? 300_000 : 15_000;

	private final long seed = Long.getLong("gestalt.seed", System.nanoTime());

	private final Counters counters = new Counters();

	private final List<Queue<Settled>> tickets = new ArrayList<>();

	private final AtomicInteger refused = new AtomicInteger();

	@ParameterizedTest
	@EnumSource(OnFull.class)
	void everyTicketIsSettledOnceAndFramesStayWholeAndInOrder(OnFull onFull) throws Exception {
		System.out.printf("%s: seed %d (repeat with -Dgestalt.seed=%2$d)%n", onFull, this.seed);
		OutboundQueue queue = new OutboundQueue(new QueueLimits(64, 8192, onFull, Duration.ofMillis(20)),
				this.counters);
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			List<CompletableFuture<Void>> senders = new ArrayList<>();
			for (int i = 0; i < SENDERS; i++) {
				int sender = i;
				this.tickets.add(new ConcurrentLinkedQueue<>());
				senders.add(CompletableFuture.runAsync(() -> send(queue, sender), threads));
			}
			CompletableFuture<Void> all = CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new));
			CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(queue, all), threads);
			all.get(40, TimeUnit.SECONDS);
			writer.get(5, TimeUnit.SECONDS);
		}
		finally {
			threads.shutdownNow();
		}
		queue.close("The end");
		assertThat(queue.count()).isZero();
		assertThat(queue.bytes()).isZero();
		verify();
	}

	private void send(OutboundQueue queue, int sender) {
		SplittableRandom random = new SplittableRandom(this.seed + sender);
		ByteBuf frame = Unpooled.buffer(2048);
		for (int i = 0; i < FRAMES; i++) {
			frame.clear().writeByte(sender).writeInt(i);
			int size = (random.nextInt(50) == 0) ? random.nextInt(2000) : random.nextInt(40);
			frame.writeShort(size).writeZero(size);
			Settled ticket = new Settled(random.nextInt(20) == 0);
			try {
				queue.offer(frame, ticket, random.nextInt(10) > 0);
				this.tickets.get(sender).add(ticket);
			}
			catch (SendException ex) {
				assertThat(ex.reason()).isEqualTo(Counter.REFUSED);
				this.refused.incrementAndGet();
			}
		}
	}

	/**
	 * One connection after the other, some of which fail; at times the frames change the
	 * queue.
	 */
	private void write(OutboundQueue queue, CompletableFuture<Void> sent) {
		SplittableRandom random = new SplittableRandom(this.seed - 1);
		OutboundQueue other = new OutboundQueue(new QueueLimits(40, 4096, OnFull.FAIL, Duration.ZERO), this.counters);
		Order order = new Order();
		while (!sent.isDone() || queue.count() > 0) {
			OutboundQueue from = queue;
			if (random.nextInt(100) == 0) {
				queue.moveTo(other);
				from = other;
			}
			for (OutboundBatch batch = from.poll(); batch != null; batch = from.poll()) {
				order.check(batch.bytes());
				batch.bytes().release();
				batch.operationComplete((random.nextInt(10) == 0) ? Written.failed() : Written.future());
			}
		}
	}

	private void verify() {
		long offered = (long) SENDERS * FRAMES;
		Map<Counter, Long> counts = this.counters.snapshot();
		assertThat(this.counters.get(Counter.OFFERED)).isEqualTo(offered);
		long gone = this.counters.get(Counter.DROPPED_OLDEST) + this.counters.get(Counter.DROPPED_NEWEST)
				+ this.counters.get(Counter.DROPPED_LOST);
		assertThat(this.counters.get(Counter.SENT) + gone + this.counters.get(Counter.REFUSED)).as(counts.toString())
			.isEqualTo(offered);
		assertThat(this.refused.get()).isEqualTo((int) this.counters.get(Counter.REFUSED));
		long written = 0;
		long failed = 0;
		long abandoned = 0;
		for (Queue<Settled> queue : this.tickets) {
			for (Settled ticket : queue) {
				int times = ticket.written.get() + ticket.failed.get();
				assertThat(times).isEqualTo(ticket.abandoned && times == 0 ? 0 : 1);
				written += ticket.written.get();
				failed += ticket.failed.get();
				abandoned += 1 - times;
			}
		}
		assertThat(written).isEqualTo(this.counters.get(Counter.SENT));
		assertThat(failed + abandoned).isEqualTo(gone);
	}

	/** Reads frames as their receiver would. */
	private static final class Order {

		private final int[] last = new int[SENDERS];

		void check(ByteBuf bytes) {
			while (bytes.isReadable()) {
				int sender = bytes.readByte();
				int number = bytes.readInt();
				assertThat(number).isGreaterThanOrEqualTo(this.last[sender]);
				this.last[sender] = number + 1;
				bytes.skipBytes(bytes.readUnsignedShort());
			}
		}

	}

	private static final class Settled implements Ticket {

		private final AtomicInteger written = new AtomicInteger();

		private final AtomicInteger failed = new AtomicInteger();

		private final boolean abandoned;

		Settled(boolean abandoned) {
			this.abandoned = abandoned;
		}

		@Override
		public void written() {
			this.written.incrementAndGet();
		}

		@Override
		public void failed(Throwable cause) {
			this.failed.incrementAndGet();
		}

		@Override
		public boolean abandoned() {
			return this.abandoned;
		}

	}

}

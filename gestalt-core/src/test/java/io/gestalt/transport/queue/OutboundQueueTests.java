package io.gestalt.transport.queue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.harness.Await;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.SendException;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(20)
class OutboundQueueTests {

	private final Counters counters = new Counters();

	@Test
	void framesLeaveInTheirOrderAsOneWrite() {
		OutboundQueue queue = queue(10, 1000, OnFull.FAIL);
		offer(queue, "a", null);
		offer(queue, "bc", null);
		assertThat(queue.count()).isEqualTo(2);
		assertThat(queue.bytes()).isEqualTo(3);
		assertThat(poll(queue)).isEqualTo("abc");
		assertThat(poll(queue)).isNull();
		assertThat(queue.bytes()).isZero();
	}

	@Test
	void failRefusesAtOnceAndSaysTheLimits() {
		OutboundQueue queue = queue(2, 1000, OnFull.FAIL);
		offer(queue, "a", null);
		offer(queue, "b", null);
		assertThatExceptionOfType(SendException.class).isThrownBy(() -> offer(queue, "c", null))
			.withMessage("Queue is full at 2 messages and 2 bytes (limits are 2 messages and 1000 bytes)")
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Counter.REFUSED));
		assertThat(poll(queue)).isEqualTo("ab");
		offer(queue, "c", null);
		assertCounts(4, 2, 1, 0, 0, 0);
		queue.close("end");
		assertCounts(4, 2, 1, 0, 0, 1);
	}

	@Test
	void bytesCountAsWellButOneFrameAlwaysFits() {
		OutboundQueue queue = queue(10, 4, OnFull.FAIL);
		offer(queue, "larger than all", null);
		assertThatExceptionOfType(SendException.class).isThrownBy(() -> offer(queue, "x", null));
		assertThat(poll(queue)).isEqualTo("larger than all");
		offer(queue, "abcd", null);
		assertThatExceptionOfType(SendException.class).isThrownBy(() -> offer(queue, "e", null));
		queue.close("end");
	}

	@Test
	void dropNewestTellsTheNewestOnly() {
		OutboundQueue queue = queue(1, 1000, OnFull.DROP_NEWEST);
		Told first = new Told();
		Told second = new Told();
		offer(queue, "a", first);
		offer(queue, "b", second);
		assertThat(second.failures).hasSize(1).first().isInstanceOf(SendException.class);
		assertThat(poll(queue)).isEqualTo("a");
		assertThat(first.written).hasValue(1);
		assertThat(first.failures).isEmpty();
		assertCounts(2, 1, 0, 0, 1, 0);
	}

	@Test
	void dropOldestMakesAsMuchRoomAsIsNeeded() {
		OutboundQueue queue = queue(10, 6, OnFull.DROP_OLDEST);
		List<Told> told = new ArrayList<>();
		for (String frame : List.of("aa", "bb", "cc", "dddd")) {
			told.add(new Told());
			offer(queue, frame, told.get(told.size() - 1));
		}
		assertThat(told).extracting((ticket) -> ticket.failures.size()).containsExactly(1, 1, 0, 0);
		assertThat(poll(queue)).isEqualTo("ccdddd");
		assertCounts(4, 2, 0, 2, 0, 0);
	}

	@Test
	void blockWaitsForRoomAndNoLongerThanTheSendTimeout() throws Exception {
		OutboundQueue queue = queue(1, 1000, OnFull.BLOCK);
		offer(queue, "a", null);
		long start = System.nanoTime();
		assertThatExceptionOfType(SendException.class).isThrownBy(() -> offer(queue, "b", null))
			.withMessageContaining("for longer than the send timeout of PT0.2S");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(150),
				Duration.ofMillis(2000));
		CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> offerPatiently(queue, "c"));
		assertThat(poll(queue)).isEqualTo("a");
		sender.get(5, TimeUnit.SECONDS);
		assertThat(poll(queue)).isEqualTo("c");
		assertCounts(3 + (int) (this.counters.get(Counter.REFUSED) - 1), 2, (int) this.counters.get(Counter.REFUSED), 0,
				0, 0);
	}

	private void offerPatiently(OutboundQueue queue, String frame) {
		for (;;) {
			try {
				offer(queue, frame, null);
				return;
			}
			catch (SendException ex) {
				// the machine was busy, try again
			}
		}
	}

	@Test
	void whoMustNotBlockIsRefused() {
		OutboundQueue queue = queue(1, 1000, OnFull.BLOCK);
		offer(queue, "a", null);
		assertThatExceptionOfType(SendException.class)
			.isThrownBy(() -> queue.offer(Unpooled.wrappedBuffer(new byte[1]), null, false))
			.withMessageEndingWith("an event loop must not wait for room");
		queue.close("end");
	}

	@Test
	void closeTellsAllAndWakesWhoWaits() {
		OutboundQueue queue = new OutboundQueue(new QueueLimits(1, 1000, OnFull.BLOCK, Duration.ofMinutes(1)),
				this.counters);
		Told waiting = new Told();
		offer(queue, "a", waiting);
		CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> offer(queue, "b", null));
		Await.untilEquals(2L, () -> this.counters.get(Counter.OFFERED));
		queue.close("the end");
		assertThat(sender).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOf(SendException.class)
			.withMessage("the end");
		assertThat(waiting.failures).hasSize(1).first().extracting("message").isEqualTo("the end");
		assertThatExceptionOfType(SendException.class).isThrownBy(() -> offer(queue, "c", null)).withMessage("the end");
		assertCounts(3, 0, 2, 0, 0, 1);
	}

	@Test
	void framesMoveBehindThoseOfAnotherQueueAndWhoWaitsForRoomIsWoken() throws Exception {
		OutboundQueue from = new OutboundQueue(new QueueLimits(2, 1000, OnFull.BLOCK, Duration.ofMinutes(1)),
				this.counters);
		OutboundQueue to = queue(3, 1000, OnFull.FAIL);
		Told lost = new Told();
		offer(to, "1", null);
		offer(to, "2", null);
		offer(from, "a", null);
		offer(from, "b", lost);
		CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> offer(from, "c", null));
		Await.untilEquals(5L, () -> this.counters.get(Counter.OFFERED));
		AtomicInteger woken = new AtomicInteger();
		to.attach(woken::incrementAndGet);
		assertThat(woken).hasValue(1);
		from.moveTo(to);
		sender.get(5, TimeUnit.SECONDS);
		assertThat(poll(to)).isEqualTo("12a");
		assertThat(lost.failures).hasSize(1);
		assertThat(poll(from)).isEqualTo("c");
		assertCounts(5, 4, 0, 0, 0, 1);
	}

	@Test
	void framesAreLostThatMoveToAClosedQueue() {
		OutboundQueue from = queue(2, 1000, OnFull.FAIL);
		OutboundQueue to = queue(3, 1000, OnFull.FAIL);
		Told lost = new Told();
		offer(from, "a", lost);
		to.close("gone");
		from.moveTo(to);
		assertThat(lost.failures).hasSize(1);
		assertThat(to.count() + from.count()).isZero();
		assertCounts(1, 0, 0, 0, 0, 1);
	}

	@Test
	void abandonedFramesAreCutOutOfTheirChunk() {
		OutboundQueue queue = queue(100, 1000, OnFull.FAIL);
		List<Told> told = new ArrayList<>();
		for (String frame : List.of("aa", "b", "", "cccc", "d")) {
			told.add(new Told());
			offer(queue, frame, told.get(told.size() - 1));
		}
		told.get(0).abandoned = true;
		told.get(3).abandoned = true;
		assertThat(poll(queue)).isEqualTo("bd");
		assertThat(told).extracting((ticket) -> ticket.written.get()).containsExactly(0, 1, 1, 0, 1);
		assertCounts(5, 3, 0, 0, 0, 2);
	}

	@Test
	void emptyFramesAreFramesToo() {
		OutboundQueue queue = queue(2, 1000, OnFull.DROP_OLDEST);
		List<Told> told = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			told.add(new Told());
			offer(queue, "", told.get(i));
		}
		assertThat(queue.count()).isEqualTo(2);
		assertThat(poll(queue)).isEmpty();
		assertThat(queue.count()).isZero();
		assertThat(told).extracting((ticket) -> ticket.written.get() + 10 * ticket.failures.size())
			.containsExactly(10, 10, 10, 1, 1);
		assertCounts(5, 2, 0, 3, 0, 0);
	}

	@Test
	void congestionEndsOnceAndIsRemembered() {
		OutboundQueue queue = queue(4, 1000, OnFull.FAIL);
		offer(queue, "a", null);
		offer(queue, "b", null);
		assertThat(queue.congested()).isFalse();
		offer(queue, "c", null);
		assertThat(queue.congested()).isTrue();
		assertThat(queue.takeRelief()).isFalse();
		poll(queue);
		assertThat(queue.congested()).isFalse();
		assertThat(queue.takeRelief()).isTrue();
		assertThat(queue.takeRelief()).isFalse();
	}

	private OutboundQueue queue(int capacity, long maxSize, OnFull onFull) {
		return new OutboundQueue(new QueueLimits(capacity, maxSize, onFull, Duration.ofMillis(200)), this.counters);
	}

	private static void offer(OutboundQueue queue, String frame, @Nullable Ticket ticket) {
		queue.offer(Unpooled.copiedBuffer(frame, StandardCharsets.US_ASCII), ticket, true);
	}

	/** Writes the next batch to nowhere, and returns its bytes. */
	private @Nullable String poll(OutboundQueue queue) {
		OutboundBatch batch = queue.poll();
		if (batch == null) {
			return null;
		}
		String bytes = batch.bytes().toString(StandardCharsets.US_ASCII);
		batch.bytes().release();
		batch.operationComplete(Written.future());
		return bytes;
	}

	private void assertCounts(int offered, int sent, int refused, int oldest, int newest, int lost) {
		assertThat(List.of(this.counters.get(Counter.OFFERED), this.counters.get(Counter.SENT),
				this.counters.get(Counter.REFUSED), this.counters.get(Counter.DROPPED_OLDEST),
				this.counters.get(Counter.DROPPED_NEWEST), this.counters.get(Counter.DROPPED_LOST)))
			.containsExactly((long) offered, (long) sent, (long) refused, (long) oldest, (long) newest, (long) lost);
	}

	private static final class Told implements Ticket {

		private final AtomicInteger written = new AtomicInteger();

		private final List<Throwable> failures = new ArrayList<>();

		private boolean abandoned;

		@Override
		public void written() {
			this.written.incrementAndGet();
		}

		@Override
		public void failed(Throwable cause) {
			this.failures.add(cause);
		}

		@Override
		public boolean abandoned() {
			return this.abandoned;
		}

	}

}

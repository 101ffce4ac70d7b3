package io.gestalt.transport.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.SendException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OutboundBudgetTests {

	private static final int LIMIT = 2_000_000;

	private final Counters counters = new Counters();

	private final OutboundBudget budget = new OutboundBudget(LIMIT);

	private final List<OutboundQueue> queues = new ArrayList<>();

	@AfterEach
	void nothingIsHeldOnceAllAreClosed() {
		this.queues.forEach((queue) -> queue.close("end"));
		assertThat(this.budget.used()).isZero();
		assertThat(this.counters.get(Counter.OFFERED)).isEqualTo(this.counters.get(Counter.DROPPED_OLDEST)
				+ this.counters.get(Counter.DROPPED_NEWEST) + this.counters.get(Counter.DROPPED_LOST)
				+ this.counters.get(Counter.REFUSED) + this.counters.get(Counter.SENT));
	}

	@Test
	void oneQueueMayHaveHalfOfIt() {
		OutboundQueue greedy = queue(OnFull.DROP_NEWEST);
		fill(greedy, 1000);
		assertThat(greedy.bytes()).isBetween(LIMIT / 2 - 70_000L, LIMIT / 2L);
	}

	@Test
	void queuesThatAreNeverEmptiedLeaveRoomForManyMore() {
		for (int i = 0; i < 300; i++) {
			fill(queue(OnFull.DROP_NEWEST), 100);
			assertThat(this.queues.get(i).count()).as("queue %d", i).isPositive();
		}
		assertThat(this.budget.used()).isLessThanOrEqualTo(LIMIT);
	}

	@Test
	void theRefusalSaysWhoseMemoryItIs() {
		fill(queue(OnFull.DROP_NEWEST), 1000);
		assertThatExceptionOfType(SendException.class).isThrownBy(() -> offer(queue(OnFull.FAIL), 200_000))
			.withMessageMatching("Queue is full at 0 messages and 0 bytes, as all queues of the endpoint together hold "
					+ "\\d+ bytes \\(limit is 2000000 bytes\\)");
	}

	@Test
	void theOldestAreDroppedFirstAndTheNewestIfThatIsNotEnough() {
		OutboundQueue own = queue(OnFull.DROP_OLDEST);
		offer(own, 1000);
		fill(queue(OnFull.DROP_NEWEST), 1000);
		long dropped = this.counters.get(Counter.DROPPED_NEWEST);
		offer(own, 300_000);
		assertThat(own.count()).isZero();
		assertThat(this.counters.get(Counter.DROPPED_OLDEST)).isEqualTo(1);
		assertThat(this.counters.get(Counter.DROPPED_NEWEST)).isEqualTo(dropped + 1);
	}

	@Test
	void whoWaitsGetsWhatAnotherQueueGivesBack() throws Exception {
		OutboundQueue greedy = queue(OnFull.DROP_NEWEST);
		fill(greedy, 1000);
		OutboundQueue patient = queue(OnFull.BLOCK);
		Thread sender = new Thread(() -> offer(patient, 200_000));
		sender.start();
		greedy.close("end");
		sender.join();
		assertThat(patient.count()).isEqualTo(1);
	}

	@Test
	void whatIsBeingWrittenIsHeldUntilItIsWritten() {
		OutboundQueue queue = queue(OnFull.FAIL);
		offer(queue, 1000);
		long held = this.budget.used();
		OutboundBatch batch = queue.poll();
		assertThat(this.budget.used()).isEqualTo(held).isPositive();
		batch.bytes().release();
		batch.operationComplete(Written.future());
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void framesKeepTheirMemoryWhenTheyMove() {
		OutboundQueue from = queue(OnFull.DROP_NEWEST);
		fill(from, 1000);
		long messages = from.count();
		OutboundQueue to = queue(OnFull.DROP_NEWEST);
		from.moveTo(to);
		assertThat(from.count()).isZero();
		assertThat((long) to.count()).isEqualTo(messages);
		assertThat(this.budget.used()).isBetween(to.bytes(), (long) LIMIT);
	}

	@Test
	void aCrowdedQueueIsCongestedUntilItsFramesAreWritten() {
		fill(queue(OnFull.DROP_NEWEST), 1000);
		OutboundQueue queue = queue(OnFull.FAIL);
		offer(queue, 30_000);
		assertThat(queue.congested()).isTrue();
		OutboundBatch batch = queue.poll();
		assertThat(queue.takeRelief()).isFalse();
		batch.bytes().release();
		batch.operationComplete(Written.future());
		assertThat(queue.takeRelief()).isTrue();
		assertThat(queue.congested()).isFalse();
	}

	private OutboundQueue queue(OnFull onFull) {
		OutboundQueue queue = new OutboundQueue(new QueueLimits(1_000_000, 100_000_000, onFull, Duration.ofSeconds(10)),
				this.counters, this.budget);
		this.queues.add(queue);
		return queue;
	}

	private static void fill(OutboundQueue queue, int size) {
		for (int i = 0; i < LIMIT / size && i < 5000; i++) {
			offer(queue, size);
		}
	}

	private static void offer(OutboundQueue queue, int size) {
		ByteBuf frame = Unpooled.wrappedBuffer(new byte[size]);
		queue.offer(frame, null, true);
	}

}

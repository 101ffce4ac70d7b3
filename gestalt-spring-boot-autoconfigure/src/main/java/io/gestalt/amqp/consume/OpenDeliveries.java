package io.gestalt.amqp.consume;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.gestalt.amqp.consume.AckFrames.Rejection;
import io.gestalt.amqp.consume.AmqpDelivery.Fate;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one channel of which the broker is still to be told, and what. Not safe
 * for use by many threads.
 */
final class OpenDeliveries {

	/** In the order in which they were delivered, which is that of their tags. */
	private final Deque<AmqpDelivery> open = new ArrayDeque<>();

	private List<Rejection> rejections = new ArrayList<>();

	private @Nullable AmqpDelivery last;

	private long unacknowledged;

	private int count;

	void add(AmqpDelivery delivery) {
		this.open.add(delivery);
	}

	void accepted() {
		this.count++;
		advance();
	}

	void rejected(AmqpDelivery delivery, boolean requeue) {
		this.rejections.add(new Rejection(delivery.tag(), requeue));
		advance();
	}

	/** A message is rejected whose fate says only that it would be later. */
	void requeued(AmqpDelivery delivery) {
		this.open.remove(delivery);
		rejected(delivery, true);
	}

	/** One frame acknowledges the last accepted message and all before it. */
	private void advance() {
		AmqpDelivery first = this.open.peek();
		while (first != null && first.fate().isFinal()) {
			if (first.fate() == Fate.ACCEPTED) {
				this.unacknowledged = first.tag();
			}
			this.last = first;
			this.open.remove();
			first = this.open.peek();
		}
	}

	/** How many were accepted since the broker was told last. */
	int count() {
		return this.count;
	}

	/** The last message before which all are settled, {@code null} if there is none. */
	@Nullable AmqpDelivery last() {
		return this.last;
	}

	/** What the broker is to be told, and will be by who asks. */
	AckFrames collect() {
		AckFrames frames = new AckFrames(this.rejections, this.unacknowledged, new ArrayList<>());
		if (this.count > 0) {
			collectAhead(frames.ahead());
		}
		this.rejections = new ArrayList<>(0);
		this.unacknowledged = 0;
		this.count = 0;
		return frames;
	}

	private void collectAhead(List<Long> ahead) {
		for (AmqpDelivery delivery : this.open) {
			if (delivery.fate() == Fate.ACCEPTED) {
				ahead.add(delivery.tag());
			}
		}
		this.open.removeIf((delivery) -> delivery.fate() == Fate.ACCEPTED);
	}

}

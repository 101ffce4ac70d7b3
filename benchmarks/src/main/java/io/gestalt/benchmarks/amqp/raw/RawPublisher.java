package io.gestalt.benchmarks.amqp.raw;

import java.util.BitSet;

import com.rabbitmq.client.ConfirmListener;
import io.gestalt.benchmarks.amqp.contender.Publisher;
import io.gestalt.benchmarks.amqp.contender.Window;
import io.gestalt.benchmarks.amqp.workload.Place;

/**
 * Publishes on one channel. What is confirmed is known to the thread that reads the
 * connection alone, by sequence number; with the publishing thread it shares nothing but
 * the room in the window.
 */
final class RawPublisher implements Publisher, ConfirmListener {

	private final Place place;

	private final RawLine line;

	private final RawCodec codec;

	private final boolean confirms;

	private final Window window = new Window();

	/** What was confirmed ahead of others, relative to the floor. */
	private BitSet ahead = new BitSet();

	/** All up to here are confirmed. */
	private long floor;

	RawPublisher(Place place) throws Exception {
		this.place = place;
		this.codec = new RawCodec(place.workload());
		this.confirms = place.workload().confirms();
		this.line = RawLine.open(place);
		if (this.confirms) {
			this.line.channel().confirmSelect();
			this.line.channel().addConfirmListener(this);
		}
	}

	@Override
	public void publish(Object payload) throws Exception {
		if (this.confirms) {
			this.window.enter();
		}
		this.line.channel().basicPublish("", this.place.queue(), this.codec.properties(), this.codec.encode(payload));
	}

	@Override
	public void await() throws Exception {
		this.window.await();
	}

	@Override
	public void handleAck(long sequence, boolean multiple) {
		this.window.leave(multiple ? confirmAllUpTo(sequence) : confirmOne(sequence));
	}

	@Override
	public void handleNack(long sequence, boolean multiple) {
		this.window.fail(new IllegalStateException("RabbitMQ refused message %d".formatted(sequence)));
		handleAck(sequence, multiple);
	}

	private int confirmAllUpTo(long sequence) {
		int count = (int) (sequence - this.floor);
		if (this.ahead.isEmpty()) {
			this.floor = sequence;
			return count;
		}
		int known = this.ahead.get(1, count + 1).cardinality();
		rise(count);
		return count - known;
	}

	private int confirmOne(long sequence) {
		if (sequence == this.floor + 1 && this.ahead.isEmpty()) {
			this.floor = sequence;
			return 1;
		}
		this.ahead.set((int) (sequence - this.floor));
		rise(this.ahead.nextClearBit(1) - 1);
		return 1;
	}

	private void rise(int count) {
		if (count > 0) {
			this.floor += count;
			this.ahead = this.ahead.get(count, Math.max(count, this.ahead.length()));
			this.ahead.clear(0);
		}
	}

	@Override
	public void close() throws Exception {
		this.line.close();
	}

}

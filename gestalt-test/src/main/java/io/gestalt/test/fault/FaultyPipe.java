package io.gestalt.test.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * One way of a connection. What was read waits here until it is due, by the faults of
 * that moment; more is read meanwhile only if it is merely late.
 */
final class FaultyPipe {

	private static final int CHUNK = 16 * 1024;

	private static final int MOST_UNDER_WAY = 16 * 1024 * 1024;

	private final Supplier<Faults> faults;

	private final IntConsumer passed;

	private final Random random;

	private final Queue<Chunk> underWay = new ArrayDeque<>();

	private int waiting;

	/** Until when the line was busy with what has passed. */
	private long busy = System.nanoTime();

	private boolean closed;

	FaultyPipe(Supplier<Faults> faults, IntConsumer passed, long seed) {
		this.faults = faults;
		this.passed = passed;
		this.random = new Random(seed);
	}

	/** Takes what comes, to its end. */
	void read(Socket from) throws InterruptedException {
		byte[] chunk = new byte[CHUNK];
		boolean orderly = true;
		try {
			InputStream in = from.getInputStream();
			for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
				put(new Chunk(ByteBuffer.wrap(Arrays.copyOf(chunk, length)), System.nanoTime(), false));
			}
		}
		catch (IOException ex) {
			orderly = false;
		}
		put(new Chunk(ByteBuffer.allocate(0), System.nanoTime(), orderly));
	}

	/**
	 * Passes on what is due, to its end.
	 * @return whether that was an orderly one
	 */
	boolean write(Socket to) throws IOException, InterruptedException {
		OutputStream out = to.getOutputStream();
		for (Chunk chunk = next(); chunk != null; chunk = next()) {
			if (chunk.isEnd()) {
				return chunk.orderly();
			}
			Faults now = this.faults.get();
			if (!now.swallow()) {
				byte[] bytes = chunk.bytes().array();
				corrupt(bytes, now.corruptOneIn());
				out.write(bytes);
				this.passed.accept(bytes.length);
			}
		}
		return false;
	}

	private synchronized void put(Chunk chunk) throws InterruptedException {
		this.underWay.add(chunk);
		this.waiting += chunk.length();
		notifyAll();
		while (!this.closed && this.waiting > (this.faults.get().latency().isZero() ? 0 : MOST_UNDER_WAY)) {
			wait();
		}
	}

	private synchronized @Nullable Chunk next() throws InterruptedException {
		while (!this.closed) {
			Chunk first = this.underWay.peek();
			long left = (first != null) ? Math.max(0, due(first) - System.nanoTime()) : 0;
			if (first != null && left == 0 && !(first.isEnd() && this.faults.get().swallow())) {
				this.busy = Math.max(this.busy, first.read()) + transmission(first);
				this.underWay.remove();
				this.waiting -= first.length();
				notifyAll();
				return first;
			}
			wait(TimeUnit.NANOSECONDS.toMillis(left + 999_999));
		}
		return null;
	}

	private long due(Chunk chunk) {
		return Math.max(this.busy, chunk.read()) + transmission(chunk) + this.faults.get().latency().toNanos();
	}

	private long transmission(Chunk chunk) {
		long rate = this.faults.get().bytesPerSecond();
		return (rate > 0) ? (long) (chunk.length() * 1e9 / rate) : 0;
	}

	private void corrupt(byte[] bytes, int oneIn) {
		for (int i = 0; oneIn > 0 && i < bytes.length; i++) {
			if (this.random.nextInt(oneIn) == 0) {
				bytes[i] ^= (byte) (1 << this.random.nextInt(Byte.SIZE));
			}
		}
	}

	/** Looks at the faults again. */
	synchronized void changed() {
		notifyAll();
	}

	synchronized void close() {
		this.closed = true;
		notifyAll();
	}

	/**
	 * What was read at once, nothing for the end.
	 *
	 * @param bytes the bytes
	 * @param read when, by the clock of {@link System#nanoTime()}
	 * @param orderly of the end, whether it was no reset
	 */
	private record Chunk(ByteBuffer bytes, long read, boolean orderly) {

		int length() {
			return this.bytes.remaining();
		}

		boolean isEnd() {
			return length() == 0;
		}

	}

}

package io.gestalt.test.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One connection through a {@link FaultProxy}. */
final class FaultyLink {

	private static final int CHUNK = 16 * 1024;

	private static final long SEED = 20261121;

	private final Socket client;

	private final Socket server;

	private final Supplier<Faults> faults;

	private final AtomicLong bytes;

	private final Consumer<FaultyLink> ended;

	private final AtomicInteger open = new AtomicInteger(2);

	FaultyLink(Socket client, Socket server, Supplier<Faults> faults, AtomicLong bytes, Consumer<FaultyLink> ended) {
		this.client = client;
		this.server = server;
		this.faults = faults;
		this.bytes = bytes;
		this.ended = ended;
	}

	void there() {
		pump(this.client, this.server, new Random(SEED));
	}

	void back() {
		pump(this.server, this.client, new Random(~SEED));
	}

	private void pump(Socket from, Socket to, Random random) {
		byte[] chunk = new byte[CHUNK];
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
				pass(chunk, length, out, random);
			}
			to.shutdownOutput();
			if (this.open.decrementAndGet() == 0) {
				close(false);
			}
		}
		catch (IOException ex) {
			close(true);
		}
	}

	private void pass(byte[] chunk, int length, OutputStream out, Random random) throws IOException {
		Faults now = this.faults.get();
		LockSupport.parkNanos(now.latency().toNanos());
		if (now.bytesPerSecond() > 0) {
			LockSupport.parkNanos((long) (length * 1e9 / now.bytesPerSecond()));
		}
		if (now.swallow()) {
			return;
		}
		if (now.corruptOneIn() > 0) {
			for (int i = 0; i < length; i++) {
				if (random.nextInt(now.corruptOneIn()) == 0) {
					chunk[i] ^= (byte) (1 << random.nextInt(Byte.SIZE));
				}
			}
		}
		out.write(chunk, 0, length);
		this.bytes.addAndGet(length);
	}

	void close(boolean reset) {
		this.ended.accept(this);
		close(this.client, reset);
		close(this.server, reset);
	}

	private static void close(Socket socket, boolean reset) {
		try {
			if (reset && !socket.isClosed()) {
				socket.setSoLinger(true, 0);
			}
			socket.close();
		}
		catch (IOException ex) {
			// it is gone
		}
	}

}

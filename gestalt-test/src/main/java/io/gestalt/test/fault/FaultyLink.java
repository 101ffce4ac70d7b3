package io.gestalt.test.fault;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** One connection through a {@link FaultProxy}. */
final class FaultyLink {

	private static final long SEED = 20261121;

	private final Socket client;

	private final Socket server;

	private final FaultyPipe there;

	private final FaultyPipe back;

	private final Consumer<FaultyLink> ended;

	private final AtomicInteger open = new AtomicInteger(2);

	FaultyLink(Socket client, Socket server, Supplier<Faults> faults, IntConsumer passed, Consumer<FaultyLink> ended) {
		this.client = client;
		this.server = server;
		this.there = new FaultyPipe(faults, passed, SEED);
		this.back = new FaultyPipe(faults, passed, ~SEED);
		this.ended = ended;
	}

	void start() {
		FaultProxy.start("fault-proxy-there-in", () -> read(this.there, this.client));
		FaultProxy.start("fault-proxy-there-out", () -> write(this.there, this.server));
		FaultProxy.start("fault-proxy-back-in", () -> read(this.back, this.server));
		FaultProxy.start("fault-proxy-back-out", () -> write(this.back, this.client));
	}

	private void read(FaultyPipe pipe, Socket from) {
		try {
			pipe.read(from);
		}
		catch (InterruptedException ex) {
			close(true);
		}
	}

	private void write(FaultyPipe pipe, Socket to) {
		try {
			if (!pipe.write(to)) {
				close(true);
				return;
			}
			to.shutdownOutput();
			if (this.open.decrementAndGet() == 0) {
				close(false);
			}
		}
		catch (IOException | InterruptedException ex) {
			close(true);
		}
	}

	/** Looks at the faults again. */
	void changed() {
		this.there.changed();
		this.back.changed();
	}

	void close(boolean reset) {
		this.ended.accept(this);
		close(this.client, reset);
		close(this.server, reset);
		this.there.close();
		this.back.close();
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

package io.gestalt.test.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a TCP client and its server and spoils what passes, both ways: delays,
 * throttles, swallows or corrupts it, cuts or resets connections, refuses new ones.
 * Faults can be set and lifted at any time, and hold for connections that are open.
 */
public final class FaultProxy implements AutoCloseable {

	private static final int CONNECT_MILLIS = 5000;

	private final InetSocketAddress target;

	private final ServerSocket listening;

	private final Set<FaultyLink> links = ConcurrentHashMap.newKeySet();

	private final AtomicInteger accepted = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	private volatile Faults faults = Faults.NONE;

	private volatile boolean refusing;

	private volatile boolean closed;

	/**
	 * Opens a proxy on a free port of loopback.
	 * @param host where the server is
	 * @param port on which port
	 */
	public FaultProxy(String host, int port) {
		this.target = new InetSocketAddress(host, port);
		try {
			this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("fault-proxy-" + port(), this::accept);
	}

	/** Where clients connect to. */
	public String host() {
		return this.listening.getInetAddress().getHostAddress();
	}

	/** Where clients connect to. */
	public int port() {
		return this.listening.getLocalPort();
	}

	/** Delays everything by so much, each way. */
	public FaultProxy latency(Duration delay) {
		return change(this.faults.latency(delay));
	}

	/** Lets no more than so many bytes a second pass, for each connection and way. */
	public FaultProxy throttle(long bytesPerSecond) {
		return change(this.faults.throttle(bytesPerSecond));
	}

	/** Flips a bit of one in so many bytes; 0 for none. */
	public FaultProxy corrupt(int oneIn) {
		return change(this.faults.corrupt(oneIn));
	}

	/**
	 * Swallows everything while both ends believe that the connection is open: neither
	 * learns before that is lifted that the other has closed it.
	 */
	public FaultProxy halfOpen(boolean swallowing) {
		return change(this.faults.swallow(swallowing));
	}

	/** Closes new connections at once. */
	public FaultProxy refuse(boolean refuse) {
		this.refusing = refuse;
		return this;
	}

	/** Lifts all faults. */
	public FaultProxy heal() {
		this.refusing = false;
		return change(Faults.NONE);
	}

	private FaultProxy change(Faults changed) {
		this.faults = changed;
		this.links.forEach(FaultyLink::changed);
		return this;
	}

	/** Closes all connections in an orderly way. */
	public void cut() {
		this.links.forEach((link) -> link.close(false));
	}

	/** Resets all connections. */
	public void reset() {
		this.links.forEach((link) -> link.close(true));
	}

	/** How many connections are open, or about to be. */
	public int connections() {
		return this.links.size();
	}

	/** How many connections were taken so far. */
	public int accepted() {
		return this.accepted.get();
	}

	/** How many bytes have passed so far, both ways. */
	public long bytes() {
		return this.bytes.get();
	}

	private void accept() {
		while (!this.closed) {
			try {
				Socket client = this.listening.accept();
				if (this.refusing) {
					client.close();
				}
				else {
					link(client);
				}
			}
			catch (IOException ex) {
				// closed, or the server is not there: the client learns it by its
				// connection
			}
		}
	}

	private void link(Socket client) throws IOException {
		Socket server = new Socket();
		FaultyLink link = new FaultyLink(client, server, () -> this.faults, this.bytes::addAndGet, this.links::remove);
		this.links.add(link);
		if (this.closed) {
			link.close(false);
		}
		try {
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			server.connect(this.target, CONNECT_MILLIS);
		}
		catch (IOException ex) {
			link.close(false);
			throw ex;
		}
		this.accepted.incrementAndGet();
		link.start();
	}

	static void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			this.listening.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		cut();
	}

}

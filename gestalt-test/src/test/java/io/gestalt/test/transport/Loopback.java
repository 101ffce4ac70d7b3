package io.gestalt.test.transport;

import java.net.InetSocketAddress;

/** Addresses of this machine, as only it sees them. */
final class Loopback {

	private Loopback() {
	}

	static InetSocketAddress address(int port) {
		return new InetSocketAddress("127.0.0.1", port);
	}

}

package io.gestalt.transport.tcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;

import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.transport.CloseReason;
import io.gestalt.transport.Connection;
import io.gestalt.transport.ConnectionAcceptor;
import io.gestalt.transport.Receiver;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** Lets connections in, as many as there may be. */
final class Gate {

	private final Admission admission;

	private final Counters counters;

	private final Map<InetAddress, Integer> byAddress = new HashMap<>();

	private int connections;

	Gate(Admission admission, Counters counters) {
		this.admission = admission;
		this.counters = counters;
	}

	/**
	 * Counts a connection until it closes.
	 * @return whether there may be one more
	 */
	boolean enter(Channel channel) {
		InetAddress address = address(channel.remoteAddress());
		if (!enter(address)) {
			this.counters.increment(Counter.CONNECTIONS_REFUSED);
			return false;
		}
		channel.closeFuture().addListener((closed) -> leave(address));
		return true;
	}

	private synchronized boolean enter(InetAddress address) {
		int own = this.byAddress.getOrDefault(address, 0);
		if (this.connections >= this.admission.maxConnections() || own >= this.admission.maxConnectionsPerAddress()) {
			return false;
		}
		this.connections++;
		this.byAddress.put(address, own + 1);
		return true;
	}

	private synchronized void leave(InetAddress address) {
		this.connections--;
		this.byAddress.computeIfPresent(address, (known, count) -> (count > 1) ? count - 1 : null);
	}

	private static InetAddress address(SocketAddress remote) {
		return (remote instanceof InetSocketAddress inet && inet.getAddress() != null) ? inet.getAddress()
				: InetAddress.getLoopbackAddress();
	}

	/**
	 * Watches over those that are let in.
	 * @param to gets their connections
	 */
	ConnectionAcceptor guard(ConnectionAcceptor to) {
		return new ConnectionAcceptor() {

			@Override
			public boolean allows(Connection connection) {
				boolean allowed = Gate.this.admission.allowed().test(connection.principal());
				if (!allowed) {
					Gate.this.counters.increment(Counter.FORBIDDEN);
				}
				return allowed && to.allows(connection);
			}

			@Override
			public Receiver accept(Connection connection) {
				Receiver receiver = to.accept(connection);
				int rate = Gate.this.admission.maxMessageRate();
				return (rate > 0) ? new PacedReceiver(receiver, connection, rate, Gate.this.counters) : receiver;
			}

			@Override
			public void failed(@Nullable SocketAddress remote, CloseReason reason, @Nullable Throwable cause) {
				to.failed(remote, reason, cause);
			}

		};
	}

}

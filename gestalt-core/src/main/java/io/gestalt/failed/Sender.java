package io.gestalt.failed;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;

import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a message.
 *
 * @param id identifier of the peer at that time
 * @param address where it was, host and port
 * @param principal who it proved to be, {@code null} if it did not
 */
public record Sender(String id, String address, @Nullable String principal) {

	public static Sender of(Peer peer) {
		Principal principal = peer.principal();
		return new Sender(peer.id(), text(peer.address()), (principal != null) ? principal.getName() : null);
	}

	private static String text(SocketAddress address) {
		if (!(address instanceof InetSocketAddress known)) {
			return address.toString();
		}
		String host = known.isUnresolved() ? known.getHostString() : known.getAddress().getHostAddress();
		return ((host.indexOf(':') >= 0) ? "[" + host + "]" : host) + ":" + known.getPort();
	}

	/** About how much memory it takes, a principal being as long as the peer likes. */
	long size() {
		return Content.size(this.id) + Content.size(this.address)
				+ ((this.principal != null) ? Content.size(this.principal) : 0);
	}

	/** The address as such, for those who only ask for it. */
	public SocketAddress socketAddress() {
		int colon = this.address.lastIndexOf(':');
		try {
			return InetSocketAddress.createUnresolved(this.address.substring(0, Math.max(0, colon)),
					Integer.parseInt(this.address.substring(colon + 1)));
		}
		catch (IllegalArgumentException ex) {
			return InetSocketAddress.createUnresolved(this.address, 0);
		}
	}

}

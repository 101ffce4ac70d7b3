package io.gestalt.boot.support;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

import io.gestalt.endpoint.connect.Targets;
import org.jspecify.annotations.Nullable;

/** Reads and writes where endpoints listen and where they go. */
public final class Addresses {

	private static final int LARGEST_PORT = 65_535;

	private Addresses() {
	}

	/** An address as people write it. */
	public static String text(SocketAddress address) {
		return (address instanceof InetSocketAddress inet && inet.isUnresolved())
				? "%s:%d".formatted(inet.getHostString(), inet.getPort())
				: address.toString().replaceFirst("^[^/]*/", "");
	}

	/**
	 * Where an endpoint listens.
	 * @param prefix where the properties of the endpoint are
	 * @param address host name or address
	 * @param port port, 0 for any free one
	 * @throws InvalidPropertyException if the port is missing or out of range, or the
	 * host is unknown
	 */
	public static InetSocketAddress listening(String prefix, String address, @Nullable Integer port) {
		if (port == null || port < 0 || port > LARGEST_PORT) {
			throw new InvalidPropertyException(prefix + ".port", port,
					(port != null) ? "a port is a number from 0 to 65535" : "a server needs a port to listen on",
					List.of("Set '%s.port' to a number from 1 to 65535, or to 0 for any free port.".formatted(prefix)));
		}
		InetSocketAddress resolved = new InetSocketAddress(address, port);
		if (resolved.isUnresolved()) {
			throw new InvalidPropertyException(prefix + ".address", address, "no such host is known", List
				.of("Set '%s.address' to an address of this machine, such as 0.0.0.0 for all.".formatted(prefix)));
		}
		return resolved;
	}

	/**
	 * Where a client goes.
	 * @param prefix where the properties of the endpoint are
	 * @param target hosts and ports
	 * @throws InvalidPropertyException if it is missing or cannot be read
	 */
	public static List<InetSocketAddress> targets(String prefix, @Nullable String target) {
		String property = prefix + ".target";
		String action = "Set '%s' to 'host:port', or to several of them separated by commas.".formatted(property);
		if (target == null || target.isBlank()) {
			throw new InvalidPropertyException(property, null, "a client needs to know where to go", List.of(action));
		}
		try {
			return Targets.parse(target);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException(property, target, String.valueOf(ex.getMessage()), List.of(action));
		}
	}

}

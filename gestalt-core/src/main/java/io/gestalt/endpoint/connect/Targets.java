package io.gestalt.endpoint.connect;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a client connects to.
 *
 * @param addresses host and port of each target, resolved anew for each attempt
 * @param policy how they are used
 * @param reconnect how long to wait between attempts
 */
public record Targets(List<InetSocketAddress> addresses, TargetPolicy policy, Reconnect reconnect) {

	public Targets {
		if (addresses.isEmpty()) {
			throw new IllegalArgumentException("A client needs at least one target");
		}
		addresses = List.copyOf(addresses);
	}

	/** One target, with the default way of reconnecting. */
	public static Targets of(InetSocketAddress address) {
		return new Targets(List.of(address), TargetPolicy.FAILOVER, Reconnect.DEFAULT);
	}

	/**
	 * Reads targets as users write them.
	 * @param text such as {@code host-a:7000,[::1]:7000}
	 * @return the addresses, not resolved
	 * @throws IllegalArgumentException if one of them is not a host and a port
	 */
	public static List<InetSocketAddress> parse(String text) {
		List<InetSocketAddress> addresses = new ArrayList<>();
		for (String target : text.split(",", -1)) {
			addresses.add(parseOne(target.trim()));
		}
		return addresses;
	}

	private static InetSocketAddress parseOne(String target) {
		int colon = target.lastIndexOf(':');
		boolean bracketed = target.startsWith("[") && colon > 0 && target.charAt(colon - 1) == ']';
		String host = bracketed ? target.substring(1, colon - 1) : target.substring(0, Math.max(colon, 0));
		if (host.isEmpty() || (!bracketed && host.indexOf(':') >= 0)) {
			throw new IllegalArgumentException("Target '%s' is not 'host:port'".formatted(target));
		}
		return InetSocketAddress.createUnresolved(host, port(target, target.substring(colon + 1)));
	}

	private static int port(String target, String text) {
		try {
			int port = Integer.parseInt(text);
			if (port >= 1 && port <= 65535) {
				return port;
			}
		}
		catch (NumberFormatException ex) {
			// said below
		}
		throw new IllegalArgumentException(
				"Target '%s' has the port '%s', expected is a number from 1 to 65535".formatted(target, text));
	}

	/** For each connection the targets that it may have. */
	public List<List<InetSocketAddress>> groups() {
		return (this.policy == TargetPolicy.FAILOVER) ? List.of(this.addresses)
				: this.addresses.stream().map(List::of).toList();
	}

}

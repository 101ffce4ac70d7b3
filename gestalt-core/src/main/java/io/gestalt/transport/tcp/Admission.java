package io.gestalt.transport.tcp;

import java.security.Principal;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Whom a server lets in, and how much of it.
 *
 * @param maxConnections how many connections it keeps at the same time
 * @param maxConnectionsPerAddress how many of them may come from one IP address
 * @param maxMessageRate how many messages a second it reads of one connection, 0 for any
 * number; what is above waits in the network, and nothing is dropped
 * @param allowed whether a peer is let in, by the name that its certificate proves,
 * {@code null} if it proves none
 */
public record Admission(int maxConnections, int maxConnectionsPerAddress, int maxMessageRate,
		Predicate<@Nullable Principal> allowed) {

	/** Anybody, 10,000 connections. */
	public static final Admission DEFAULT = new Admission(10_000, 10_000, 0, (principal) -> true);

	/**
	 * Checks the limits.
	 * @throws IllegalArgumentException if one of them lets nobody in
	 */
	public Admission {
		if (maxConnections < 1) {
			throw new IllegalArgumentException("Max connections must be at least 1, was %d".formatted(maxConnections));
		}
		if (maxConnectionsPerAddress < 1) {
			throw new IllegalArgumentException(
					"Max connections per address must be at least 1, was %d".formatted(maxConnectionsPerAddress));
		}
		if (maxMessageRate < 0) {
			throw new IllegalArgumentException(
					"Max message rate must not be negative, was %d".formatted(maxMessageRate));
		}
	}

	public Admission maxConnections(int connections) {
		return new Admission(connections, Math.max(this.maxConnectionsPerAddress, connections), this.maxMessageRate,
				this.allowed);
	}

}

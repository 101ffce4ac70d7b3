package io.gestalt.boot.properties;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What a peer may ask of an endpoint.
 *
 * @param maxFrameSize how large a message may be on the wire (default 1MB)
 * @param maxConnections how many connections a TCP server keeps at the same time; refused
 * on endpoints of other kinds (default 10000)
 * @param maxConnectionsPerAddress how many of them may come from one IP address; refused
 * on endpoints of other kinds (default 10000)
 * @param maxMessageRate how many messages a second a TCP server reads of one connection,
 * 0 for any number; what is above waits in the network, nothing is dropped; refused on
 * endpoints of other kinds (default 0)
 */
public record LimitsProperties(@Nullable DataSize maxFrameSize, @Nullable Integer maxConnections,
		@Nullable Integer maxConnectionsPerAddress, @Nullable Integer maxMessageRate) {

	static final LimitsProperties UNSET = new LimitsProperties(null, null, null, null);

	static final LimitsProperties BUILT_IN = new LimitsProperties(DataSize.ofMegabytes(1), 10_000, 10_000, 0);

}

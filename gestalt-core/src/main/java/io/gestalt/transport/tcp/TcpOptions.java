package io.gestalt.transport.tcp;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/**
 * What the TCP transports need to know besides addresses.
 *
 * @param maxConnections how many connections a server keeps at the same time
 * @param idleTimeout after how long a silence a connection is closed, zero for never
 * @param connectTimeout how long an attempt to connect may take
 * @param tls how connections are secured, {@code null} for not at all
 * @param server adapts the Reactor Netty server
 * @param client adapts the Reactor Netty client
 * @param pipeline adapts the pipeline of each connection
 */
public record TcpOptions(int maxConnections, Duration idleTimeout, Duration connectTimeout, @Nullable TlsSettings tls,
		UnaryOperator<TcpServer> server, UnaryOperator<TcpClient> client, Consumer<ChannelPipeline> pipeline) {

	/** 10,000 connections, no idle time-out, 5 seconds to connect, plaintext. */
	public static final TcpOptions DEFAULT = new TcpOptions(10_000, Duration.ZERO, Duration.ofSeconds(5), null,
			UnaryOperator.identity(), UnaryOperator.identity(), (pipeline) -> {
			});

	public TcpOptions {
		if (maxConnections < 1) {
			throw new IllegalArgumentException("Max connections must be at least 1, was %d".formatted(maxConnections));
		}
	}

	public TcpOptions tls(@Nullable TlsSettings settings) {
		return new TcpOptions(this.maxConnections, this.idleTimeout, this.connectTimeout, settings, this.server,
				this.client, this.pipeline);
	}

	public TcpOptions maxConnections(int connections) {
		return new TcpOptions(connections, this.idleTimeout, this.connectTimeout, this.tls, this.server, this.client,
				this.pipeline);
	}

	public TcpOptions idleTimeout(Duration timeout) {
		return new TcpOptions(this.maxConnections, timeout, this.connectTimeout, this.tls, this.server, this.client,
				this.pipeline);
	}

	public TcpOptions connectTimeout(Duration timeout) {
		return new TcpOptions(this.maxConnections, this.idleTimeout, timeout, this.tls, this.server, this.client,
				this.pipeline);
	}

	public TcpOptions customizers(UnaryOperator<TcpServer> forServer, UnaryOperator<TcpClient> forClient,
			Consumer<ChannelPipeline> forPipeline) {
		return new TcpOptions(this.maxConnections, this.idleTimeout, this.connectTimeout, this.tls, forServer,
				forClient, forPipeline);
	}

}

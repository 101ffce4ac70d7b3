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
 * @param admission whom a server lets in
 * @param idleTimeout after how long a silence a connection is closed, zero for never
 * @param connectTimeout how long an attempt to connect may take
 * @param tls how connections are secured, {@code null} for not at all
 * @param server adapts the Reactor Netty server
 * @param client adapts the Reactor Netty client
 * @param pipeline adapts the pipeline of each connection
 */
public record TcpOptions(Admission admission, Duration idleTimeout, Duration connectTimeout, @Nullable TlsSettings tls,
		UnaryOperator<TcpServer> server, UnaryOperator<TcpClient> client, Consumer<ChannelPipeline> pipeline) {

	/** 10,000 connections, no idle time-out, 5 seconds to connect, plaintext. */
	public static final TcpOptions DEFAULT = new TcpOptions(Admission.DEFAULT, Duration.ZERO, Duration.ofSeconds(5),
			null, UnaryOperator.identity(), UnaryOperator.identity(), (pipeline) -> {
			});

	public TcpOptions tls(@Nullable TlsSettings settings) {
		return new TcpOptions(this.admission, this.idleTimeout, this.connectTimeout, settings, this.server, this.client,
				this.pipeline);
	}

	public TcpOptions maxConnections(int connections) {
		return admission(this.admission.maxConnections(connections));
	}

	public TcpOptions admission(Admission whom) {
		return new TcpOptions(whom, this.idleTimeout, this.connectTimeout, this.tls, this.server, this.client,
				this.pipeline);
	}

	public TcpOptions idleTimeout(Duration timeout) {
		return new TcpOptions(this.admission, timeout, this.connectTimeout, this.tls, this.server, this.client,
				this.pipeline);
	}

	public TcpOptions connectTimeout(Duration timeout) {
		return new TcpOptions(this.admission, this.idleTimeout, timeout, this.tls, this.server, this.client,
				this.pipeline);
	}

	public TcpOptions customizers(UnaryOperator<TcpServer> forServer, UnaryOperator<TcpClient> forClient,
			Consumer<ChannelPipeline> forPipeline) {
		return new TcpOptions(this.admission, this.idleTimeout, this.connectTimeout, this.tls, forServer, forClient,
				forPipeline);
	}

}

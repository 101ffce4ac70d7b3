package io.gestalt.boot.tcp;

import java.util.List;

import io.gestalt.transport.tcp.TcpOptions;
import io.netty.channel.ChannelPipeline;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/**
 * The customizer beans in their order.
 *
 * @param servers change servers
 * @param clients change clients
 * @param pipelines change pipelines
 */
record TcpCustomizers(List<TcpServerCustomizer> servers, List<TcpClientCustomizer> clients,
		List<ConnectionPipelineCustomizer> pipelines) {

	TcpOptions applyTo(TcpOptions options, String endpoint) {
		return options.customizers((server) -> customize(endpoint, server), (client) -> customize(endpoint, client),
				(pipeline) -> customize(endpoint, pipeline));
	}

	private TcpServer customize(String endpoint, TcpServer server) {
		TcpServer customized = server;
		for (TcpServerCustomizer customizer : this.servers) {
			customized = customizer.customize(endpoint, customized);
		}
		return customized;
	}

	private TcpClient customize(String endpoint, TcpClient client) {
		TcpClient customized = client;
		for (TcpClientCustomizer customizer : this.clients) {
			customized = customizer.customize(endpoint, customized);
		}
		return customized;
	}

	private void customize(String endpoint, ChannelPipeline pipeline) {
		this.pipelines.forEach((customizer) -> customizer.customize(endpoint, pipeline));
	}

}

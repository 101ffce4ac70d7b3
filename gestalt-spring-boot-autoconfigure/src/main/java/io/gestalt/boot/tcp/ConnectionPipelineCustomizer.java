package io.gestalt.boot.tcp;

import io.netty.channel.ChannelPipeline;

/** A bean that changes the Netty pipelines of TCP connections. */
@FunctionalInterface
public interface ConnectionPipelineCustomizer {

	/**
	 * Changes the pipeline of a new connection, after Gestalt's own handlers are in it.
	 * @param endpoint name of the endpoint
	 * @param pipeline the pipeline
	 */
	void customize(String endpoint, ChannelPipeline pipeline);

}

package io.gestalt.endpoint;

import java.time.Duration;

import io.gestalt.message.MessageTypes;
import io.gestalt.transport.WireTapped;

/** An endpoint whose messages are frames on sockets. */
public interface SocketEndpoint extends IntakeEndpoint, WireTapped {

	/** What it was made of. */
	EndpointSettings settings();

	@Override
	default String name() {
		return settings().name();
	}

	@Override
	default MessageTypes types() {
		return settings().payloadCodec().types();
	}

	@Override
	default boolean carriesType() {
		return settings().frameCodec().carriesType();
	}

	@Override
	default Duration sendTimeout() {
		return settings().queue().sendTimeout();
	}

}

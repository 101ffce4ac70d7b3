package io.gestalt.amqp;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointState;
import io.gestalt.message.MessageTypes;
import io.gestalt.transport.WireTap;
import io.gestalt.transport.WireTapped;
import org.jspecify.annotations.Nullable;

/** An endpoint whose messages go through RabbitMQ. */
public interface AmqpEndpoint extends Endpoint, WireTapped {

	/** What it was made of. */
	AmqpSettings settings();

	@Override
	default String name() {
		return settings().name();
	}

	@Override
	default MessageTypes types() {
		return settings().codec().types();
	}

	@Override
	default boolean carriesType() {
		return true;
	}

	@Override
	default Duration sendTimeout() {
		return settings().sendTimeout();
	}

	/** Nowhere: it connects to a broker, as its peers do. */
	@Override
	default List<SocketAddress> addresses() {
		return List.of();
	}

	@Override
	default void tap(@Nullable WireTap tap) {
		settings().codec().tap(tap);
	}

	@Override
	EndpointState state();

	@Override
	@Nullable Throwable lastError();

}

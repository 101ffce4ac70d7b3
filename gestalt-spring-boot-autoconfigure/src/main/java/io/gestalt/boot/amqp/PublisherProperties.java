package io.gestalt.boot.amqp;

import java.time.Duration;

import io.gestalt.amqp.settings.PublisherOptions.Delivery;
import io.gestalt.boot.properties.CodecProperties;
import io.gestalt.boot.properties.QueueProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An endpoint that publishes to an exchange.
 *
 * @param exchange name of the exchange (default the name of the endpoint)
 * @param exchangeType topic, direct, fanout, headers, or what a plug-in offers
 * @param routingKey routing key of messages that name none themselves (default the name
 * of the endpoint)
 * @param delivery whether the broker confirms what it has taken
 * @param mandatory whether a message that no queue wants is a failure
 * @param window how many messages may be on their way to the broker, unconfirmed, at the
 * same time
 * @param codec how values become bytes; what arrives is decoded as its headers say
 * @param compatibility whose exchanges and queues the endpoint agrees with
 * @param queue what happens when the window is full
 * @param sendTimeout how long a message may take to be sent and confirmed (default 5s)
 * @param required whether the application is ready only while the endpoint is (default
 * true)
 * @param autoStartup whether the endpoint opens when the application starts (default
 * true)
 */
public record PublisherProperties(@Nullable String exchange, @DefaultValue("topic") String exchangeType,
		@Nullable String routingKey, @DefaultValue("at-least-once") Delivery delivery,
		@DefaultValue("false") boolean mandatory, @DefaultValue("1000") int window, @DefaultValue CodecProperties codec,
		@DefaultValue("none") Compatibility compatibility, @DefaultValue QueueProperties queue,
		@Nullable Duration sendTimeout, @Nullable Boolean required,
		@Nullable Boolean autoStartup) implements AmqpEndpointProperties {
}

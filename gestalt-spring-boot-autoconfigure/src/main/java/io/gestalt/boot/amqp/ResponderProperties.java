package io.gestalt.boot.amqp;

import io.gestalt.boot.amqp.SubscriberProperties.QueueType;
import io.gestalt.boot.properties.CodecProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An endpoint that is a service.
 *
 * @param service name of the service (default the name of the endpoint)
 * @param exchange name of the exchange (default the default exchange)
 * @param queueType what keeps requests: classic is faster, but requests are served only
 * while its node is there; quorum needs RabbitMQ 3.10 or later
 * @param prefetch how many unanswered requests a consumer may have
 * @param concurrency how many consumers there are, such as 4 or 1-4
 * @param errorReplies whether a failure is answered with a code and a text; else the
 * request is rejected
 * @param codec how values become bytes; what arrives is decoded as its headers say
 * @param compatibility whose exchanges and queues the endpoint agrees with
 * @param required whether the application is ready only while the endpoint is (default
 * true)
 * @param autoStartup whether the endpoint opens when the application starts (default
 * true)
 */
public record ResponderProperties(@Nullable String service, @DefaultValue("") String exchange,
		@DefaultValue("classic") QueueType queueType, @DefaultValue("250") int prefetch,
		@DefaultValue("1") String concurrency, @DefaultValue("true") boolean errorReplies,
		@DefaultValue CodecProperties codec, @DefaultValue("none") Compatibility compatibility,
		@Nullable Boolean required, @Nullable Boolean autoStartup) implements AmqpEndpointProperties {
}

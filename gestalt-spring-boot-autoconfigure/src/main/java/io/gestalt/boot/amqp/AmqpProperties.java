package io.gestalt.boot.amqp;

import java.util.Map;

import io.gestalt.amqp.topology.TopologyMode;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The AMQP endpoints by their names. The connection itself is that of
 * {@code spring.rabbitmq}.
 *
 * @param topology what becomes of exchanges, queues and bindings at the start
 * @param embedded the broker within the application
 * @param publisher endpoints that publish to an exchange
 * @param subscriber endpoints that handle what an exchange brings
 * @param requester endpoints that ask a service
 * @param responder endpoints that are a service
 */
@ConfigurationProperties(prefix = "gestalt.amqp", ignoreUnknownFields = false)
public record AmqpProperties(@DefaultValue("declare") TopologyMode topology, @DefaultValue EmbeddedProperties embedded,
		@DefaultValue Map<String, PublisherProperties> publisher,
		@DefaultValue Map<String, SubscriberProperties> subscriber,
		@DefaultValue Map<String, RequesterProperties> requester,
		@DefaultValue Map<String, ResponderProperties> responder) {

	/** Where the properties of publishers are. */
	public static final String PUBLISHERS = "gestalt.amqp.publisher";

	/** Where the properties of subscribers are. */
	public static final String SUBSCRIBERS = "gestalt.amqp.subscriber";

	/** Where the properties of requesters are. */
	public static final String REQUESTERS = "gestalt.amqp.requester";

	/** Where the properties of responders are. */
	public static final String RESPONDERS = "gestalt.amqp.responder";

	/**
	 * The broker within the application, for development.
	 *
	 * @param enabled whether it starts where Qpid's is on the class path and no RabbitMQ
	 * is configured
	 */
	public record EmbeddedProperties(@DefaultValue("true") boolean enabled) {
	}

}

package io.gestalt.amqp.settings;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.topology.TopologyMode;
import io.gestalt.endpoint.connect.Reconnect;

/**
 * What the AMQP endpoints of an application share.
 *
 * @param connections where RabbitMQ is
 * @param scheduler for what is due later; does nothing that takes long
 * @param worker where handlers run
 * @param reconnect how long to wait before the next attempt
 * @param topology what becomes of exchanges, queues and bindings at the start
 */
public record AmqpResources(AmqpConnections connections, ScheduledExecutorService scheduler, Executor worker,
		Reconnect reconnect, TopologyMode topology) {
}

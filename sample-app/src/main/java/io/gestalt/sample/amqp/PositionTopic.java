package io.gestalt.sample.amqp;

import java.util.concurrent.CompletableFuture;

import io.gestalt.boot.annotation.RoutingKey;
import io.gestalt.boot.client.GestaltClient;
import io.gestalt.sample.fleet.Position;

/** The topic of positions, which has a routing key for each vehicle. */
@GestaltClient("positions")
interface PositionTopic {

	/** Completes when the broker has the position. */
	CompletableFuture<Void> publish(@RoutingKey String key, Position position);

}

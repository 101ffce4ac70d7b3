package io.gestalt.sample.amqp;

import io.gestalt.sample.fleet.Position;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Publishes every position that the fleet has taken. */
@Component
class PositionAnnouncer {

	private static final Logger logger = LoggerFactory.getLogger(PositionAnnouncer.class);

	private final PositionTopic topic;

	PositionAnnouncer(PositionTopic topic) {
		this.topic = topic;
	}

	/** Waits for nobody: the next position makes up for one that got lost. */
	@EventListener
	void announce(Position position) {
		this.topic.publish("vehicle." + position.vehicle(), position).whenComplete((published, failure) -> {
			if (failure != null) {
				logger.debug("A position of '{}' was not published", position.vehicle(), failure);
			}
		});
	}

}

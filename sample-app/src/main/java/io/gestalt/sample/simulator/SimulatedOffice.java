package io.gestalt.sample.simulator;

import io.gestalt.message.GestaltException;
import io.gestalt.sample.amqp.LastPositions;
import io.gestalt.sample.fleet.Fleet;
import io.gestalt.sample.fleet.WhereIs;
import io.gestalt.sample.fleet.WhereIsService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/** Asks where a vehicle is, over TCP and through the broker, and reads along. */
class SimulatedOffice {

	private static final Logger logger = LoggerFactory.getLogger(SimulatedOffice.class);

	private final Dispatcher dispatcher;

	private final RemoteDispatcher remote;

	private final Fleet fleet;

	private final LastPositions published;

	private int asked;

	SimulatedOffice(Dispatcher dispatcher, RemoteDispatcher remote, Fleet fleet, LastPositions published) {
		this.dispatcher = dispatcher;
		this.remote = remote;
		this.fleet = fleet;
		this.published = published;
	}

	@Scheduled(fixedRateString = "${sample.simulator.questions:5s}", initialDelayString = "2s")
	void ask() {
		WhereIs question = new WhereIs("truck-" + (this.asked++ % 12 + 1));
		ask("over TCP", this.dispatcher, question);
		ask("over AMQP", this.remote, question);
		logger.info("Heard: {}; read on the topic: {} positions of {} vehicles", this.fleet.counts(),
				this.published.count(), this.published.positions().size());
	}

	private static void ask(String way, WhereIsService tracker, WhereIs question) {
		try {
			logger.info("Where is {}, asked {}? {}", question.vehicle(), way, tracker.whereIs(question));
		}
		catch (GestaltException ex) {
			logger.warn("Where is {}, asked {}? Nobody says: {}", question.vehicle(), way, ex.getMessage());
		}
	}

}

package io.gestalt.sample.simulator;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.GestaltException;
import io.gestalt.sample.fleet.Fleet;
import io.gestalt.sample.fleet.WhereIs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/** Sends what the simulated fleet says over real sockets, and asks where it is. */
class SimulatedTraffic {

	private static final Logger logger = LoggerFactory.getLogger(SimulatedTraffic.class);

	private final SimulatedFleet vehicles;

	private final Senders senders;

	private final Dispatcher dispatcher;

	private final Fleet fleet;

	private int asked;

	SimulatedTraffic(SimulatedFleet vehicles, Senders senders, Dispatcher dispatcher, Fleet fleet) {
		this.vehicles = vehicles;
		this.senders = senders;
		this.dispatcher = dispatcher;
		this.fleet = fleet;
	}

	@Scheduled(fixedRateString = "${sample.simulator.interval:1s}")
	void drive() {
		try {
			this.vehicles.step().forEach(this::transmit);
		}
		catch (GestaltException ex) {
			logger.warn("The simulated fleet is not heard: {}", ex.getMessage());
		}
	}

	private void transmit(Transmission transmission) {
		if (transmission instanceof Transmission.Report report) {
			this.senders.reports().send(report.report());
		}
		else if (transmission instanceof Transmission.Sentences sentences) {
			if (sentences.link() == Transmission.Link.SENTENCES_BY_TCP) {
				sentences.lines().forEach(this.senders.sentences()::send);
			}
			else {
				this.senders.datagrams().send(String.join("\r\n", sentences.lines()));
			}
		}
	}

	@Scheduled(fixedRateString = "${sample.simulator.questions:5s}", initialDelayString = "2s")
	void ask() {
		String vehicle = "truck-" + (this.asked++ % 12 + 1);
		try {
			logger.info("Where is {}? {}; {}", vehicle, this.dispatcher.whereIs(new WhereIs(vehicle)),
					this.fleet.counts());
		}
		catch (GestaltException ex) {
			logger.warn("Nobody says where {} is: {}", vehicle, ex.getMessage());
		}
	}

	@GestaltListener("simulated-sentences")
	void refused(String answer) {
		logger.debug("The tracker refused a sentence: {}", answer);
	}

	@GestaltListener("simulated-datagrams")
	void refusedDatagram(String answer) {
		logger.debug("The tracker refused a datagram: {}", answer);
	}

	/** The endpoints through which the vehicles send. */
	record Senders(Endpoint sentences, Endpoint datagrams, Endpoint reports) {
	}

}

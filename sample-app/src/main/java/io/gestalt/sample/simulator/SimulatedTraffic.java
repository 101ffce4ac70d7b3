package io.gestalt.sample.simulator;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.GestaltException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/** Sends what the simulated fleet says over real sockets. */
class SimulatedTraffic {

	private static final Logger logger = LoggerFactory.getLogger(SimulatedTraffic.class);

	private final SimulatedFleet vehicles;

	private final Senders senders;

	SimulatedTraffic(SimulatedFleet vehicles, Senders senders) {
		this.vehicles = vehicles;
		this.senders = senders;
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

package io.gestalt.sample.simulator;

import java.util.List;

import io.gestalt.sample.report.PositionReport;

/** What a simulated vehicle sends. */
public sealed interface Transmission {

	/** The way it goes, which is that of the vehicle for ever. */
	Link link();

	/**
	 * Sentences of NMEA 0183, the first of which says whose they are.
	 *
	 * @param link the way they go
	 * @param lines without line ends
	 */
	record Sentences(Link link, List<String> lines) implements Transmission {

		public Sentences {
			lines = List.copyOf(lines);
		}

	}

	/**
	 * A compact report.
	 *
	 * @param link the way it goes
	 * @param report what it says
	 */
	record Report(Link link, PositionReport report) implements Transmission {

	}

	/** The ways into the tracker. */
	enum Link {

		/** Sentences over TCP, each a line. */
		SENTENCES_BY_TCP,

		/** Sentences over UDP, together in a datagram. */
		SENTENCES_BY_UDP,

		/** Compact reports over UDP. */
		REPORTS_BY_UDP

	}

}

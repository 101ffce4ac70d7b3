package io.gestalt.sample.tracker;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.sample.report.PositionReport;

import org.springframework.stereotype.Component;

/** Takes compact reports, Protobuf in message-type frames. */
@Component
class ReportListener {

	private final Tracker tracker;

	ReportListener(Tracker tracker) {
		this.tracker = tracker;
	}

	@GestaltListener("reports")
	void report(PositionReport report) {
		this.tracker.accept(report);
	}

}

package io.gestalt.boot.endpoint;

import java.util.stream.Collectors;

import io.gestalt.boot.support.Addresses;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.endpoint.StopReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line when an endpoint opens and one when it closes. */
final class EndpointLog implements EndpointObserver {

	private static final Logger logger = LoggerFactory.getLogger(Endpoint.class);

	private final EndpointDescriptions descriptions;

	EndpointLog(EndpointDescriptions descriptions) {
		this.descriptions = descriptions;
	}

	@Override
	public void onEvent(EndpointEvent event) {
		if (event instanceof EndpointEvent.Started started) {
			opened(started);
		}
		else if (event instanceof EndpointEvent.Stopped stopped) {
			closed(stopped);
		}
	}

	private void opened(EndpointEvent.Started event) {
		EndpointDescription description = this.descriptions.find(event.endpoint());
		logger.info("Endpoint '{}' {}: {}", event.endpoint(), where(event, description),
				(description != null) ? description.traits() : "defined by the application");
	}

	private static String where(EndpointEvent.Started event, @Nullable EndpointDescription description) {
		if (description != null && description.place() != null) {
			return description.place();
		}
		return "listens on " + event.addresses().stream().map(Addresses::text).collect(Collectors.joining(", "));
	}

	private static void closed(EndpointEvent.Stopped event) {
		StopReport report = event.report();
		logger.info("Endpoint '{}' stopped within {} ms: {} handled, {} abandoned, {} dropped{}", event.endpoint(),
				report.elapsed().toMillis(), report.handled(), report.abandoned(), report.dropped(),
				(report.returned() > 0) ? ", %d returned".formatted(report.returned()) : "");
	}

}

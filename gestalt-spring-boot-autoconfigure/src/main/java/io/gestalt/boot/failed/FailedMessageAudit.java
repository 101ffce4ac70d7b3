package io.gestalt.boot.failed;

import java.util.LinkedHashMap;
import java.util.Map;

import io.gestalt.failed.FailedMessageEvent;
import io.gestalt.failed.FailedMessageException;

import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/**
 * Publishes what was done with failed messages as Boot's audit events, such as
 * {@code GESTALT_FAILED_MESSAGE_REPLAY}.
 *
 * @param publisher where to
 */
record FailedMessageAudit(ApplicationEventPublisher publisher)
		implements
			ApplicationListener<PayloadApplicationEvent<FailedMessageEvent>> {

	private static final String TYPE = "GESTALT_FAILED_MESSAGE_";

	@Override
	public void onApplicationEvent(PayloadApplicationEvent<FailedMessageEvent> published) {
		FailedMessageEvent event = published.getPayload();
		Map<String, Object> data = new LinkedHashMap<>();
		if (event.id() != null) {
			data.put("id", event.id());
		}
		if (event.endpoint() != null) {
			data.put("endpoint", event.endpoint());
		}
		data.put("outcome", outcome(event));
		this.publisher.publishEvent(new AuditApplicationEvent(event.actor(), TYPE + event.action(), data));
	}

	private static String outcome(FailedMessageEvent event) {
		if (event.failure() == null) {
			return "success";
		}
		return (event.failure() instanceof FailedMessageException) ? "refused" : "failure";
	}

}

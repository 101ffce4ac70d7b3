package io.gestalt.failed.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.gestalt.failed.Content;
import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessage.Aftermath;
import io.gestalt.failed.Failure;
import io.gestalt.failed.Failure.Reason;
import io.gestalt.failed.FailedMessageStore;
import io.gestalt.failed.Sender;

/** Messages that have failed. */
final class Messages {

	private Messages() {
	}

	static FailedMessage of(String endpoint, byte[] payload) {
		return of(endpoint, new Content(7, Map.of(), payload));
	}

	static FailedMessage of(String endpoint, Content content) {
		return new FailedMessage(endpoint, new Sender("0d8c1f5a92", "10.0.0.9:53121", "CN=till-4"), content,
				Failure.of(Reason.FAILED, new IllegalStateException("out of stock"), 3),
				new Aftermath(false, "dead-letter queue 'q'", "17"));
	}

	static FailedMessage of(String payload) {
		return of("orders", payload.getBytes(StandardCharsets.UTF_8));
	}

	static String text(FailedMessage message) {
		return new String(message.content().payload(), StandardCharsets.UTF_8);
	}

	/** All payloads as texts, the oldest first. */
	static List<String> texts(FailedMessageStore store) {
		return store.list(null, 0, Integer.MAX_VALUE).stream().map(Messages::text).toList();
	}

}

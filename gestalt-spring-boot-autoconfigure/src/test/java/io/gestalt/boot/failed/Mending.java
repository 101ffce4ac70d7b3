package io.gestalt.boot.failed;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;

import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessages;
import io.gestalt.failed.Replayed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** Has all orders handled once more after a mistake of their sender was mended. */
@Component
class Mending {

	private static final Logger logger = LoggerFactory.getLogger(Mending.class);

	private final FailedMessages failed;

	Mending(FailedMessages failed) {
		this.failed = failed;
	}

	void mend(String who) {
		FailedMessages messages = this.failed.as(who);
		for (FailedMessage message : messages.list("orders", 0, 100)) {
			String payload = new String(message.content().payload(), StandardCharsets.UTF_8);
			messages.edit(message.id(), payload.replace("bad ", "").getBytes(StandardCharsets.UTF_8));
			try {
				Replayed replayed = messages.replay(message.id()).join();
				logger.info("Message {} handled: {}", message.id(), replayed.handled());
			}
			catch (CompletionException ex) {
				logger.warn("Message {} was not replayed", message.id(), ex.getCause());
			}
		}
	}

}

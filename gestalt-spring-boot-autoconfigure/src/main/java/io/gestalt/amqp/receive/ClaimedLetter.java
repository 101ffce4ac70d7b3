package io.gestalt.amqp.receive;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message that was put aside, as long as it is held: nobody else gets it.
 *
 * @param channel on which it is held
 * @param tag its delivery tag
 * @param place where it was
 */
record ClaimedLetter(Channel channel, long tag, String place) {

	private static final Logger logger = LoggerFactory.getLogger(ClaimedLetter.class);

	/** Lets others have what was looked at before it was found. */
	void giveBackOthers() throws IOException {
		if (this.tag > 1) {
			this.channel.basicNack(this.tag - 1, true, true);
		}
	}

	/** Removes it for good. */
	void remove() {
		try {
			this.channel.basicAck(this.tag, false);
			this.channel.close();
		}
		catch (IOException | TimeoutException | ShutdownSignalException ex) {
			logger.warn("A message was handled once more, but may still be in {}: the channel on which it was held is "
					+ "lost", this.place, ex);
		}
	}

	/** Leaves it where it was. */
	void giveBack() {
		try {
			this.channel.abort();
		}
		catch (IOException ex) {
			logger.debug("A channel could not be closed", ex);
		}
	}

}

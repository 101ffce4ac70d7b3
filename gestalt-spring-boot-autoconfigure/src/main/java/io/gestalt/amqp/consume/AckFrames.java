package io.gestalt.amqp.consume;

import java.io.IOException;
import java.util.List;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker is to be told of messages.
 *
 * @param rejections go first, or the next frame would acknowledge them
 * @param upTo tag of the last of those that are acknowledged with one frame, 0 for none
 * @param ahead tags of those that overtook others and are acknowledged by themselves, so
 * that they do not wait
 */
record AckFrames(List<Rejection> rejections, long upTo, List<Long> ahead) {

	private static final Logger logger = LoggerFactory.getLogger(AckFrames.class);

	/** Writes them; may be blocked by a broker that does not read. */
	void write(Channel channel) {
		try {
			for (Rejection rejection : this.rejections) {
				channel.basicReject(rejection.tag(), rejection.requeue());
			}
			if (this.upTo > 0) {
				channel.basicAck(this.upTo, true);
			}
			for (long tag : this.ahead) {
				channel.basicAck(tag, false);
			}
		}
		catch (IOException | AlreadyClosedException ex) {
			logger.debug("What is settled cannot be told to the broker and will come again", ex);
		}
	}

	/**
	 * A message that was rejected.
	 *
	 * @param tag of its delivery
	 * @param requeue whether it is to come again
	 */
	record Rejection(long tag, boolean requeue) {
	}

}

package io.gestalt.amqp.publish;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import io.gestalt.amqp.connection.Aside;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up a channel on which RabbitMQ refuses everything. Some versions look for the
 * leader of a quorum queue once per channel; where there was none, because its node had
 * just been lost, they refuse until that node is back.
 */
final class Refusals implements ConfirmListener {

	private static final Logger logger = LoggerFactory.getLogger(Refusals.class);

	private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

	private final Channel channel;

	/** Known to the connection's thread alone. */
	private boolean refusing;

	private long since;

	Refusals(Channel channel) {
		this.channel = channel;
	}

	@Override
	public void handleAck(long sequence, boolean multiple) {
		this.refusing = false;
	}

	@Override
	public void handleNack(long sequence, boolean multiple) {
		long now = System.nanoTime();
		if (!this.refusing) {
			this.refusing = true;
			this.since = now;
		}
		else if (now - this.since > PATIENCE) {
			this.refusing = false;
			Aside.run("refused", this::giveUp);
		}
	}

	private void giveUp() {
		logger.warn(
				"RabbitMQ has refused every message for {} ms or longer, maybe another channel finds who takes them",
				TimeUnit.NANOSECONDS.toMillis(PATIENCE));
		try {
			this.channel.abort();
		}
		catch (IOException ex) {
			// it is gone anyway
		}
	}

}

package io.gestalt.amqp.publish;

import java.time.Duration;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import io.gestalt.amqp.connection.Aside;
import io.gestalt.amqp.connection.Channels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up a channel on which RabbitMQ refuses everything. Some versions look for the
 * leader of a quorum queue once per channel; where there was none, because its node had
 * just been lost, they refuse until that node is back. A queue may also be full, and then
 * no channel helps: the next one is given twice as long, until one does better.
 */
final class Refusals {

	private static final Logger logger = LoggerFactory.getLogger(Refusals.class);

	private static final Duration LEAST = Duration.ofMillis(500);

	private static final Duration MOST = Duration.ofMinutes(5);

	private static final int FEW = 10;

	private volatile Duration patience = LEAST;

	/** Follows what becomes of the messages of a channel. */
	ConfirmListener of(Channel channel) {
		return new Streak(channel);
	}

	private void giveUp(Channel channel) {
		Duration spent = this.patience;
		Duration next = spent.multipliedBy(2);
		this.patience = (next.compareTo(MOST) < 0) ? next : MOST;
		logger.warn(
				"RabbitMQ has refused every message for {} ms or longer, maybe another channel finds who takes them",
				spent.toMillis());
		Channels.abandon(channel);
	}

	/**
	 * How many messages were refused in a row; known to the connection's thread alone.
	 */
	private final class Streak implements ConfirmListener {

		private final Channel channel;

		private boolean fresh = true;

		private int refused;

		private long since;

		private boolean over;

		Streak(Channel channel) {
			this.channel = channel;
		}

		@Override
		public void handleAck(long sequence, boolean multiple) {
			this.refused = 0;
			if (this.fresh) {
				this.fresh = false;
				Refusals.this.patience = LEAST;
			}
		}

		@Override
		public void handleNack(long sequence, boolean multiple) {
			this.fresh = false;
			long now = System.nanoTime();
			if (this.refused++ == 0) {
				this.since = now;
			}
			if (!this.over && this.refused > FEW && now - this.since > Refusals.this.patience.toNanos()) {
				this.over = true;
				Aside.run("refused", () -> giveUp(this.channel));
			}
		}

	}

}

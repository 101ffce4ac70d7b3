package io.gestalt.amqp.consume;

import java.time.Duration;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Envelope;
import io.gestalt.amqp.content.AmqpCodec;
import io.gestalt.codec.CodecException;
import io.gestalt.message.MessageTypes;

/**
 * A message that was delivered, to be settled once: acknowledged, rejected, or given back
 * to its queue, to where it also goes if its channel closes before.
 */
public final class AmqpDelivery {

	private final Envelope envelope;

	private final AMQP.BasicProperties properties;

	private final byte[] body;

	private final AckLedger ledger;

	private final long received = System.nanoTime();

	/** Guarded by the ledger. */
	private Fate fate = Fate.OPEN;

	AmqpDelivery(Envelope envelope, AMQP.BasicProperties properties, byte[] body, AckLedger ledger) {
		this.envelope = envelope;
		this.properties = properties;
		this.body = body;
		this.ledger = ledger;
	}

	public Envelope envelope() {
		return this.envelope;
	}

	public AMQP.BasicProperties properties() {
		return this.properties;
	}

	public byte[] body() {
		return this.body;
	}

	/** The message type identifier, 0 for none or none that is a number. */
	public int type() {
		try {
			return AmqpCodec.typeOf(this.properties);
		}
		catch (CodecException ex) {
			return MessageTypes.NONE;
		}
	}

	/** The channel on which it came; what follows an answer there cannot overtake it. */
	public Channel channel() {
		return this.ledger.channel();
	}

	/** When it arrived here, by the clock of {@link System#nanoTime()}. */
	public long received() {
		return this.received;
	}

	long tag() {
		return this.envelope.getDeliveryTag();
	}

	/**
	 * Tells the broker, soon, that the message need not be kept.
	 * @return whether this settled it: not if that was done before, or its channel is
	 * gone and it will be delivered again
	 */
	public boolean ack() {
		return this.ledger.ack(this);
	}

	/**
	 * Tells the broker to deliver the message again, or else to do without it.
	 * @return whether this settled it
	 */
	public boolean reject(boolean requeue) {
		return this.ledger.reject(this, requeue);
	}

	/**
	 * Tells the broker after a pause to deliver the message again; a stop does not wait.
	 * @return whether this settled it
	 */
	public boolean requeue(Duration pause) {
		return this.ledger.postpone(this, pause);
	}

	/** Leaves the message to be delivered again when its channel closes. */
	public void giveBack() {
		this.ledger.giveBack(this);
	}

	/** Whether one of these was said, or it is too late for all of them. */
	public boolean settled() {
		return this.ledger.isSettled(this);
	}

	/** For the ledger, which holds its lock. */
	Fate fate() {
		return this.fate;
	}

	/** For the ledger, which holds its lock. */
	boolean decide(Fate decided) {
		if (this.fate != Fate.OPEN) {
			return false;
		}
		this.fate = decided;
		return true;
	}

	/** What was said of a message. */
	enum Fate {

		OPEN, ACCEPTED, REJECTED, POSTPONED, GIVEN_BACK;

		/** Whether the broker knows, or will with those that follow. */
		boolean isFinal() {
			return this == ACCEPTED || this == REJECTED;
		}

	}

}

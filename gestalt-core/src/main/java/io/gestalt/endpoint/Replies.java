package io.gestalt.endpoint;

import io.gestalt.transport.Ticket;

/**
 * Follows the replies of one conversation, and keeps late ones from the next
 * conversation, which would take them for others.
 */
final class Replies implements Ticket {

	private volatile boolean ended;

	/** Nobody waits for replies any more. */
	void end() {
		this.ended = true;
	}

	boolean ended() {
		return this.ended;
	}

	@Override
	public void written() {
	}

	@Override
	public void failed(Throwable cause) {
	}

	@Override
	public boolean abandoned() {
		return this.ended;
	}

}

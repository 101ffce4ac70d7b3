package io.gestalt.endpoint.tcp;

import io.gestalt.transport.queue.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a message that is meant for one peer from being sent to the next one.
 *
 * @param conversation whom it is meant for
 * @param next follows it to its end, {@code null} if nobody cares
 */
record PeerTicket(Conversation conversation, @Nullable Ticket next) implements Ticket {

	@Override
	public void written() {
		if (this.next != null) {
			this.next.written();
		}
	}

	@Override
	public void failed(Throwable cause) {
		if (this.next != null) {
			this.next.failed(cause);
		}
	}

	@Override
	public boolean abandoned() {
		return this.conversation.gone() || (this.next != null && this.next.abandoned());
	}

}

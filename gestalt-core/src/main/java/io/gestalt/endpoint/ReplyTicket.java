package io.gestalt.endpoint;

import io.gestalt.transport.Ticket;

/**
 * Keeps a reply from being sent to the next conversation, which never asked.
 *
 * @param conversation which did ask
 */
record ReplyTicket(Conversation conversation) implements Ticket {

	@Override
	public void written() {
	}

	@Override
	public void failed(Throwable cause) {
	}

	@Override
	public boolean abandoned() {
		return this.conversation.gone();
	}

}

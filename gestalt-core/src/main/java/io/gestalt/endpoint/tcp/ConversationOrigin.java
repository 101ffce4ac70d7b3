package io.gestalt.endpoint.tcp;

import io.gestalt.dispatch.Origin;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageTypes;
import io.gestalt.message.SendException;
import io.gestalt.transport.Connection;
import io.gestalt.transport.queue.OutboundQueue;

/** What the handlers of a conversation's messages get, and where their results go. */
final class ConversationOrigin implements Origin {

	private final Conversation conversation;

	private final Connection connection;

	private final OutboundQueue queue;

	private final PeerFailures failures;

	private final Counters counters;

	private volatile MessageContext context;

	/** A reply is missing, so that those behind it would be taken for it. */
	private volatile boolean failing;

	ConversationOrigin(Conversation conversation, Connection connection, Conversations conversations) {
		this.conversation = conversation;
		this.connection = connection;
		this.queue = conversation.queue();
		this.failures = conversations.failures();
		this.counters = conversations.core().counters();
		this.context = new MessageContext(conversation, MessageTypes.NONE);
	}

	/** Lets no reply out that comes later than now. */
	void fail() {
		this.failing = true;
	}

	@Override
	public MessageContext context(int type) {
		MessageContext known = this.context;
		if (known.type() != type) {
			known = new MessageContext(this.conversation, type);
			this.context = known;
		}
		return known;
	}

	@Override
	public void reply(Object result) {
		if (this.failing) {
			this.counters.increment(Counter.OFFERED);
			this.counters.increment(Counter.REFUSED);
			return;
		}
		try {
			this.conversation.send(result);
		}
		catch (SendException ex) {
			if (!this.conversation.gone()) {
				throw ex;
			}
		}
	}

	@Override
	public void undecodable(Throwable cause) {
		this.failures.undecodable(this.conversation, cause);
	}

	@Override
	public void failed(Throwable cause) {
		this.failures.handler(this.conversation, cause);
	}

	@Override
	public boolean congested() {
		return !this.conversation.gone() && this.queue.congested();
	}

	@Override
	public void hold() {
		this.queue.wakeup().hold();
	}

	@Override
	public void release() {
		this.queue.wakeup().release();
	}

	@Override
	public void resume() {
		this.connection.resume();
	}

}

package io.gestalt.dispatch;

import io.gestalt.message.MessageContext;
import org.jspecify.annotations.Nullable;

/** Where a message came from, as the dispatcher sees it. */
public interface Origin {

	/** What handlers are told about messages of this type from here. */
	MessageContext context(int type);

	/** Sends the result of a handler. */
	void reply(Object result);

	/** A message could not be decoded; applies the failure policy. */
	void undecodable(Throwable cause);

	/** A handler failed; applies the failure policy. */
	void failed(Throwable cause);

	/** Whether so many replies wait that no more should be produced. */
	boolean congested();

	/** Several results may follow each other, so that sending may wait a moment. */
	default void hold() {
	}

	/** That was all for now. */
	default void release() {
	}

	/** There is room for messages again. */
	void resume();

}

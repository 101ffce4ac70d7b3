package io.gestalt.dispatch;

import io.netty.buffer.ByteBuf;

/** Where the messages of one origin wait for their handler; called by one thread only. */
public interface Lane {

	/** Whether there is room for another message. */
	boolean ready();

	/** Takes a message; the payload is only borrowed. */
	void receive(int type, ByteBuf payload);

	/**
	 * No more messages for now.
	 * @return whether several of them wait to be handled elsewhere
	 */
	default boolean receiveComplete() {
		return false;
	}

	/** The origin is not congested any more. */
	default void resume() {
	}

	/** Whether all messages are handled. */
	boolean idle();

	/** Handles nothing more; what waits is counted as abandoned. */
	default void abandon() {
	}

}

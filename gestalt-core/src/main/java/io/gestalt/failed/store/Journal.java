package io.gestalt.failed.store;

import java.util.Collection;
import java.util.List;

import io.gestalt.failed.FailedMessage;

/**
 * Where a {@link BoundedStore} writes down what it keeps; called by one thread at a time.
 */
public interface Journal {

	/** Writes nothing down. */
	Journal NONE = new Journal() {

		@Override
		public Recovered recover() {
			return new Recovered(List.of(), 1);
		}

		@Override
		public void put(FailedMessage message) {
		}

		@Override
		public void remove(long id) {
		}

		@Override
		public boolean wantsRewrite() {
			return false;
		}

		@Override
		public void rewrite(Collection<FailedMessage> messages, long nextId) {
		}

		@Override
		public void close() {
		}

	};

	/** What was written down before; asked once, first. */
	Recovered recover();

	/** A message was added, or took the place of that with the same number. */
	void put(FailedMessage message);

	/** A message is gone. */
	void remove(long id);

	/**
	 * Whether so much of what is written is of no use any more that it should be written
	 * anew.
	 */
	boolean wantsRewrite();

	/** How many entries could not be read or written. */
	default long lost() {
		return 0;
	}

	/** Writes all anew. */
	void rewrite(Collection<FailedMessage> messages, long nextId);

	void close();

	/**
	 * What was written down.
	 *
	 * @param messages the messages, the oldest first
	 * @param nextId the first number that was never given
	 */
	record Recovered(List<FailedMessage> messages, long nextId) {
	}

}

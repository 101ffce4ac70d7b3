package io.gestalt.failed;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** Keeps failed messages, within bounds; used by many threads. */
public interface FailedMessageStore {

	/**
	 * Keeps a message; what was kept longest makes room for it, and is counted.
	 * @param draft a message with any number
	 * @return the message with the number under which it is kept
	 */
	FailedMessage add(FailedMessage draft);

	/** Finds a message by its number, {@code null} if there is none. */
	@Nullable FailedMessage find(long id);

	/**
	 * Lists messages, the oldest first.
	 * @param endpoint name of their endpoint, {@code null} for all
	 * @param after only those with higher numbers
	 * @param limit how many at the most
	 */
	List<FailedMessage> list(@Nullable String endpoint, long after, int limit);

	/**
	 * Puts a message in the place of that with the same number.
	 * @return whether there was one
	 */
	boolean replace(FailedMessage message);

	/**
	 * Removes a message.
	 * @return whether there was one
	 */
	boolean remove(long id);

	/**
	 * How many messages there are.
	 * @param endpoint name of their endpoint, {@code null} for all
	 */
	Counts counts(@Nullable String endpoint);

	/**
	 * How many messages there are.
	 *
	 * @param kept how many are kept
	 * @param bytes about how much memory they take
	 * @param evicted how many had to make room for others since the application started
	 * @param lost how many messages could not be kept, and entries of a file not be read
	 * or written since then, in all
	 */
	record Counts(long kept, long bytes, long evicted, long lost) {
	}

}

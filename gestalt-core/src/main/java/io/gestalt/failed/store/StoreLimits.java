package io.gestalt.failed.store;

/**
 * How much a store keeps.
 *
 * @param maxMessages how many messages
 * @param maxBytes how much memory they may take together
 */
public record StoreLimits(int maxMessages, long maxBytes) {

	public StoreLimits {
		if (maxMessages < 1 || maxBytes < 1) {
			throw new IllegalArgumentException(
					"A store needs room for at least one message of one byte, not for %d messages of %d bytes"
						.formatted(maxMessages, maxBytes));
		}
	}

}

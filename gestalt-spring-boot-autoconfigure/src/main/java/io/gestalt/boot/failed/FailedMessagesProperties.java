package io.gestalt.boot.failed;

import java.util.Set;

import io.gestalt.failed.Failure.Reason;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which messages are kept that could not be decoded or handled, and where.
 *
 * @param store where they are kept: in memory until the application ends, in a file that
 * outlives it, or nowhere
 * @param maxMessages how many are kept; the oldest makes room for the newest
 * @param maxBytes how much memory they may take together
 * @param maxPayloadSize how much of a payload is kept; what is cut can be looked at, but
 * not replayed
 * @param file where the store of type file is
 * @param fsync whether each change goes to the disk at once, to survive a loss of power
 * too, and not only the end of the process
 * @param reasons for which failures messages are kept
 * @param answered whether requests are kept too whose sender was told in an error reply
 */
@ConfigurationProperties("gestalt.failed-messages")
public record FailedMessagesProperties(@DefaultValue("memory") Store store, @DefaultValue("1000") int maxMessages,
		@DefaultValue("16MB") DataSize maxBytes, @DefaultValue("1MB") DataSize maxPayloadSize,
		@DefaultValue("gestalt-failed-messages.log") String file, @DefaultValue("false") boolean fsync, @DefaultValue( {
				"undecodable", "failed", "unhandled", "rejected" }) Set<Reason> reasons,
		@DefaultValue("false") boolean answered){

	/** Where messages are kept. */
	public enum Store {

		/** In memory, until the application ends. */
		MEMORY,
		/** In memory, and in a file from which the next start reads them. */
		FILE,
		/** Nowhere. */
		NONE

	}

}

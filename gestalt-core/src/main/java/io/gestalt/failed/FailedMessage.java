package io.gestalt.failed;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A message that an endpoint has given up.
 *
 * @param id its number in the store, rising, 0 as long as it is not stored
 * @param time when it failed first
 * @param endpoint name of the endpoint
 * @param sender who sent it
 * @param content what came over the wire, or what was put in its place
 * @param failure why it was given up
 * @param aftermath what else became of it
 */
public record FailedMessage(long id, Instant time, String endpoint, Sender sender, Content content, Failure failure,
		Aftermath aftermath) {

	private static final long OVERHEAD = 256;

	/** A message that is not stored yet. */
	public FailedMessage(String endpoint, Sender sender, Content content, Failure failure, Aftermath aftermath) {
		this(0, failure.time(), endpoint, sender, content, failure, aftermath);
	}

	/** The same under a number. */
	public FailedMessage withId(long newId) {
		return new FailedMessage(newId, this.time, this.endpoint, this.sender, this.content, this.failure,
				this.aftermath);
	}

	FailedMessage with(Content newContent) {
		return new FailedMessage(this.id, this.time, this.endpoint, this.sender, newContent, this.failure,
				this.aftermath);
	}

	FailedMessage with(Failure newFailure) {
		return new FailedMessage(this.id, this.time, this.endpoint, this.sender, this.content, newFailure,
				this.aftermath);
	}

	/** About how much memory it takes. */
	public long size() {
		return OVERHEAD + this.content.size() + this.sender.size() + Content.size(this.failure.cause())
				+ Content.size(this.endpoint);
	}

	/**
	 * What else became of a message.
	 *
	 * @param answered whether its sender was told of the failure in an error reply
	 * @param place where a broker keeps it too, such as {@code dead-letter queue 'q'},
	 * {@code null} if none does
	 * @param key finds it there
	 */
	public record Aftermath(boolean answered, @Nullable String place, @Nullable String key) {

		/** Nobody else knows of it. */
		public static final Aftermath NONE = new Aftermath(false, null, null);

		/** Its sender was told. */
		public static final Aftermath ANSWERED = new Aftermath(true, null, null);

	}

}

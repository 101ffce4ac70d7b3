package io.gestalt.observation;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/** Is told how the way of one message ends. */
public interface MessageObservation {

	/** Does not want to know. */
	MessageObservation NONE = new MessageObservation() {

		@Override
		public void end(@Nullable Throwable failure) {
		}

		@Override
		public <T> CompletableFuture<T> follow(CompletableFuture<T> future) {
			return future;
		}

	};

	/**
	 * It has ended.
	 * @param failure why it failed, {@code null} if it did not
	 */
	void end(@Nullable Throwable failure);

	/**
	 * It ends with a future.
	 * @param future the future
	 * @param <T> type of its value
	 * @return the same
	 */
	default <T> CompletableFuture<T> follow(CompletableFuture<T> future) {
		future.whenComplete((value, failure) -> end(failure));
		return future;
	}

}

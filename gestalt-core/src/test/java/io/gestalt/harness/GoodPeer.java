package io.gestalt.harness;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** Asks one question after the other, and minds wrong and late answers. */
public final class GoodPeer implements AutoCloseable {

	private static final Duration LATE = Duration.ofSeconds(8);

	private final CompletableFuture<Void> started = new CompletableFuture<>();

	private final CompletableFuture<Integer> finished = new CompletableFuture<>();

	private volatile boolean running = true;

	/**
	 * Starts to ask, and returns after the first answer.
	 * @param ask sends {@code x} and returns the future answer, expected is {@code re x}
	 */
	public GoodPeer(Function<String, CompletableFuture<String>> ask) {
		Thread thread = new Thread(() -> run(ask), "good-peer");
		thread.setDaemon(true);
		thread.start();
		this.started.orTimeout(10, TimeUnit.SECONDS).join();
	}

	private void run(Function<String, CompletableFuture<String>> ask) {
		try {
			int count = 0;
			while (this.running) {
				String question = "good " + count;
				assertThat(ask.apply(question).get(LATE.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo("re " + question);
				count++;
				this.started.complete(null);
			}
			this.finished.complete(count);
		}
		catch (Throwable ex) {
			this.started.completeExceptionally(ex);
			this.finished.completeExceptionally(ex);
		}
	}

	/** Ends the questions, and fails if one was not answered as it should. */
	public int verify() {
		this.running = false;
		return this.finished.orTimeout(10, TimeUnit.SECONDS).join();
	}

	@Override
	public void close() {
		verify();
	}

}

package io.gestalt.boot.test.record;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.gestalt.message.MessageContext;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

/** One call of a listener, or a message that could not even be decoded for it. */
public final class Reception {

	private final String endpoint;

	private final List<byte[]> raw;

	private final @Nullable Object payload;

	private final @Nullable MessageContext context;

	private final Duration timeout;

	private volatile boolean followed;

	private final CompletableFuture<@Nullable Object> handled = new CompletableFuture<>();

	private final CompletableFuture<Settlement> settlement = new CompletableFuture<>();

	Reception(String endpoint, List<byte[]> raw, @Nullable Object payload, @Nullable MessageContext context,
			Duration timeout) {
		this.endpoint = endpoint;
		this.raw = List.copyOf(raw);
		this.payload = payload;
		this.context = context;
		this.timeout = timeout;
	}

	/** Name of the endpoint. */
	public String endpoint() {
		return this.endpoint;
	}

	/**
	 * The payload as it came, after decompression; of a batch that of its first message.
	 */
	public byte[] raw() {
		return this.raw.isEmpty() ? new byte[0] : this.raw.get(0).clone();
	}

	/** The payloads of a batch as they came. */
	public List<byte[]> raws() {
		return this.raw.stream().map(byte[]::clone).toList();
	}

	/** {@link #raw} as text. */
	public String text() {
		return new String(raw(), StandardCharsets.UTF_8);
	}

	/** What the listener was given, {@code null} for nothing. */
	public @Nullable Object payload() {
		return this.payload;
	}

	/**
	 * What the listener was given.
	 * @throws AssertionError if it is something else
	 */
	public <T> T payload(Class<T> type) {
		if (!type.isInstance(this.payload)) {
			throw new AssertionError("Expected a payload of type %s but got %s".formatted(type.getSimpleName(), this));
		}
		return type.cast(this.payload);
	}

	/** Whether it could be decoded, so that the listener was called. */
	public boolean decoded() {
		return this.context != null;
	}

	/** The message type identifier, 0 for none. */
	public int type() {
		return (this.context != null) ? this.context.type() : 0;
	}

	/** Named values that came beside the payload. */
	public Map<String, Object> headers() {
		return (this.context != null) ? this.context.headers() : Map.of();
	}

	/** Who sent it, {@code null} if it could not be decoded. */
	public @Nullable Peer peer() {
		return (this.context != null) ? this.context.peer() : null;
	}

	/** What the listener returned, {@code null} for nothing or a failure. */
	public @Nullable Object result() {
		return (failure() != null) ? null : this.handled.getNow(null);
	}

	/** Why it failed, {@code null} if it did not. */
	public @Nullable Throwable failure() {
		return this.handled.isCompletedExceptionally() ? this.handled.handle((value, failure) -> failure).join() : null;
	}

	/** Whether the listener is done. */
	public boolean done() {
		return this.handled.isDone();
	}

	/**
	 * What became of it, now or soon.
	 * @throws AssertionError if that takes longer than {@code gestalt.test.timeout}
	 */
	public Settlement settlement() {
		try {
			return this.settlement.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw new AssertionError("Was not settled within %s: %s".formatted(this.timeout, this), ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for %s".formatted(this), ex);
		}
	}

	void returned(@Nullable Object value) {
		this.handled.complete(value);
	}

	void failed(Throwable cause) {
		this.handled.completeExceptionally(cause);
	}

	/** Says what became of it; the first word counts. */
	public void settle(Settlement how) {
		this.settlement.complete(how);
	}

	/** Whether somebody else will say what becomes of it. */
	void followed(boolean byOthers) {
		this.followed = byOthers;
	}

	boolean followed() {
		return this.followed;
	}

	boolean settled() {
		return this.settlement.isDone();
	}

	/** The bytes by which it is known to whoever delivered it. */
	List<byte[]> identity() {
		return this.raw;
	}

	@Override
	public String toString() {
		String what = decoded() ? String.valueOf(this.payload) : "undecodable " + Bytes.show(raw());
		String outcome = !done() ? "is being handled"
				: (failure() != null) ? "failed with " + failure() : "returned " + result();
		return "%s -> %s, %s".formatted(what, outcome, settled() ? this.settlement.join() : "not settled");
	}

}

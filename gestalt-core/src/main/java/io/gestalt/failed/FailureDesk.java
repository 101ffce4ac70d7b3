package io.gestalt.failed;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import io.gestalt.failed.Failure.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where one endpoint hands in what it gives up; costs nothing until then. */
public final class FailureDesk {

	/** Of an endpoint that keeps nothing. */
	public static final FailureDesk NONE = new FailureDesk("", () -> FailureRecorder.NONE);

	private static final Logger logger = LoggerFactory.getLogger(FailureDesk.class);

	/** Peers choose what cannot be kept, such as headers that are nested too deep. */
	private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

	private final String endpoint;

	private final Supplier<FailureRecorder> recorder;

	private long told = System.nanoTime() - QUIET;

	private long untold;

	/**
	 * Opens a desk.
	 * @param endpoint name of the endpoint
	 * @param recorder asked for when something fails
	 */
	public FailureDesk(String endpoint, Supplier<FailureRecorder> recorder) {
		this.endpoint = endpoint;
		this.recorder = recorder;
	}

	/** Whether somebody wants what fails for a reason and nobody was told. */
	public boolean wants(Reason reason) {
		return wants(reason, false);
	}

	/** Whether somebody wants what fails for a reason. */
	public boolean wants(Reason reason, boolean answered) {
		try {
			return this.recorder.get().wants(reason, answered);
		}
		catch (RuntimeException | Error ex) {
			tell("Endpoint '{}' cannot find out whether to keep a message that was given up as {}, {} others not told",
					reason, ex);
			return false;
		}
	}

	/**
	 * Hands a message in, if somebody wants it; the endpoint goes on whatever happens to
	 * it.
	 * @param reason why it is given up
	 * @param answered whether its sender was told
	 * @param message puts the message together, given the name of the endpoint
	 */
	public void keep(Reason reason, boolean answered, Function<String, FailedMessage> message) {
		try {
			FailureRecorder known = this.recorder.get();
			if (known.wants(reason, answered)) {
				known.record(message.apply(this.endpoint));
			}
		}
		catch (RuntimeException | Error ex) {
			lost(reason, ex);
		}
	}

	private void lost(Reason reason, Throwable cause) {
		try {
			this.recorder.get().lost();
			tell("Endpoint '{}' could not keep a message that was given up as {}, nor {} others that were not told",
					reason, cause);
		}
		catch (RuntimeException | Error ex) {
			tell("Endpoint '{}' could not keep or count a message that was given up as {}, nor {} others", reason,
					null);
		}
	}

	/** Once a minute at the most. */
	private void tell(String message, Reason reason, @Nullable Throwable cause) {
		long others;
		synchronized (this) {
			if (System.nanoTime() - this.told < QUIET) {
				this.untold++;
				return;
			}
			others = this.untold;
			this.told = System.nanoTime();
			this.untold = 0;
		}
		logger.error(message, this.endpoint, reason, others, (cause != null) ? Failure.tellable(cause) : "");
	}

}

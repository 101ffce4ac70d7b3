package io.gestalt.failed;

import java.util.function.Function;
import java.util.function.Supplier;

import io.gestalt.failed.Failure.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where one endpoint hands in what it gives up; costs nothing until then. */
public final class FailureDesk {

	/** Of an endpoint that keeps nothing. */
	public static final FailureDesk NONE = new FailureDesk("", () -> FailureRecorder.NONE);

	private static final Logger logger = LoggerFactory.getLogger(FailureDesk.class);

	private final String endpoint;

	private final Supplier<FailureRecorder> recorder;

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
			logger.error("Endpoint '{}' cannot find out whether to keep a message that failed", this.endpoint,
					Failure.tellable(ex));
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
			logger.error("Endpoint '{}' could not keep a message that was given up as {}", this.endpoint, reason,
					Failure.tellable(cause));
		}
		catch (RuntimeException | Error ex) {
			logger.error("Endpoint '{}' could not keep or count a message that was given up as {}", this.endpoint,
					reason);
		}
	}

}

package io.gestalt.failed;

import java.util.function.Supplier;

import io.gestalt.failed.FailedMessage.Aftermath;
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
		catch (RuntimeException ex) {
			logger.error("Endpoint '{}' cannot find out whether to keep a message that failed", this.endpoint, ex);
			return false;
		}
	}

	/** Hands a message in; the endpoint goes on whatever happens to it. */
	public void keep(Sender sender, Content content, Failure failure, Aftermath aftermath) {
		try {
			this.recorder.get().record(new FailedMessage(this.endpoint, sender, content, failure, aftermath));
		}
		catch (RuntimeException ex) {
			logger.error("Endpoint '{}' could not keep a message that failed: {}", this.endpoint, failure.cause(), ex);
		}
	}

}

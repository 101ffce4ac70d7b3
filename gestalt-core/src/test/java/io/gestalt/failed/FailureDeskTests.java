package io.gestalt.failed;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.gestalt.failed.Failure.Reason;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class FailureDeskTests {

	@Test
	void tellsOnceOfMessagesThatCannotBeKeptThoughEachIsCounted() {
		Queue<String> errors = new ConcurrentLinkedQueue<>();
		AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

			@Override
			protected void append(ILoggingEvent event) {
				if (event.getLevel() == Level.ERROR) {
					errors.add(event.getFormattedMessage());
				}
			}

		};
		Logger logger = (Logger) LoggerFactory.getLogger(FailureDesk.class);
		appender.start();
		logger.addAppender(appender);
		AtomicInteger lost = new AtomicInteger();
		try {
			FailureDesk desk = new FailureDesk("orders", () -> new Refusing(lost));
			for (int i = 0; i < 1000; i++) {
				desk.keep(Reason.UNDECODABLE, false, (endpoint) -> {
					throw new IllegalArgumentException("Headers are nested deeper than the limit of 64 levels");
				});
			}
		}
		finally {
			logger.detachAppender(appender);
		}
		assertThat(errors).hasSize(1);
		assertThat(errors.element())
			.startsWith("Endpoint 'orders' could not keep a message that was given up as UNDECODABLE");
		assertThat(lost).hasValue(1000);
	}

	/** Wants all, and counts what it does not get. */
	private record Refusing(AtomicInteger count) implements FailureRecorder {

		@Override
		public boolean wants(Reason reason, boolean answered) {
			return true;
		}

		@Override
		public void record(FailedMessage message) {
		}

		@Override
		public void lost() {
			this.count.incrementAndGet();
		}

	}

}

package io.gestalt.endpoint;

import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class FailureLogTests {

	@Test
	void warnsTenTimesAndLeavesTheRestToDebugging() {
		AtomicInteger warnings = new AtomicInteger();
		AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

			@Override
			protected void append(ILoggingEvent event) {
				if (event.getLevel() == Level.WARN && event.getMessage().startsWith("Failure log test")) {
					warnings.incrementAndGet();
				}
			}

		};
		Logger logger = (Logger) LoggerFactory.getLogger(Endpoint.class);
		appender.start();
		logger.addAppender(appender);
		try {
			FailureLog log = new FailureLog();
			for (int i = 0; i < 1000; i++) {
				log.warn("Failure log test {}", i);
			}
		}
		finally {
			logger.detachAppender(appender);
		}
		assertThat(warnings).hasValue(10);
	}

}

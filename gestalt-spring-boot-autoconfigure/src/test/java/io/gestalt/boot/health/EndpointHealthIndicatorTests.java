package io.gestalt.boot.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointHealthIndicatorTests {

	@Test
	void namesNoClassWhereThereIsAText() {
		IOException cause = new IOException("Connection refused");
		assertThat(EndpointHealthIndicator.text(cause)).isEqualTo("Connection refused");
		assertThat(EndpointHealthIndicator.text(new CompletionException(new UncheckedIOException(cause))))
			.isEqualTo("Connection refused");
		assertThat(EndpointHealthIndicator.text(new UncheckedIOException("Cannot connect", cause)))
			.isEqualTo("Cannot connect");
	}

	@Test
	void makesWordsOfAnErrorWithoutText() {
		assertThat(EndpointHealthIndicator.text(new ClosedChannelException())).isEqualTo("closed channel");
	}

}

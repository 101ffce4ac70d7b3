package io.gestalt.boot.support;

import java.util.Map;

import io.gestalt.message.MessageContext;
import io.gestalt.message.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MessageIdentifierTests {

	private static String of(Map<String, Object> headers) {
		return MessageIdentifier.of(new MessageContext((Peer) null, 0, headers));
	}

	@Test
	void isTheIdentifierOrElseTheCorrelation() {
		assertThat(of(Map.of())).isNull();
		assertThat(of(Map.of("amqp_messageId", "Größe-1", "amqp_correlationId", "c1"))).isEqualTo("Größe-1");
		assertThat(of(Map.of("amqp_correlationId", "c1"))).isEqualTo("c1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\r", "\n", "\u0000", "\u001b", "\u007f", "\u0085", "\u2028", "\u2029", "\u202e" })
	void doesNotBeginLinesNorSteerTerminals(String control) {
		assertThat(of(Map.of("amqp_messageId", "a" + control + "b" + control))).isEqualTo("a?b?");
	}

	@Test
	void isCutWhenItIsLong() {
		assertThat(of(Map.of("amqp_messageId", "x".repeat(100)))).isEqualTo("x".repeat(100));
		assertThat(of(Map.of("amqp_messageId", "\n" + "x".repeat(100_000)))).isEqualTo("?" + "x".repeat(99));
	}

}

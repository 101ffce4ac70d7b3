package io.gestalt.boot.support;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SimilarityTests {

	private static final List<String> KNOWN = List.of("tcp", "udp", "orders", "send-timeout");

	@ParameterizedTest
	@CsvSource({ "tpc, tcp", "TCP, tcp", "udpp, udp", "oders, orders", "sned-timout, send-timeout" })
	void aSlipIsForgiven(String wanted, String meant) {
		assertThat(Similarity.closest(wanted, KNOWN)).hasValue(meant);
	}

	@ParameterizedTest
	@CsvSource({ "url", "test", "generate", "idle-timeout" })
	void anotherWordIsNoSlip(String wanted) {
		assertThat(Similarity.closest(wanted, KNOWN)).isEmpty();
	}

}

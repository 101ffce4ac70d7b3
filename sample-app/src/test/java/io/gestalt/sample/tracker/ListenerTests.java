package io.gestalt.sample.tracker;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.gestalt.boot.test.EndpointTester;
import io.gestalt.boot.test.GestaltTester;
import io.gestalt.boot.test.autoconfigure.GestaltTest;
import io.gestalt.boot.test.record.Reception;
import io.gestalt.boot.test.record.Settlement;
import io.gestalt.sample.fleet.Fleet;
import io.gestalt.sample.fleet.Position;
import io.gestalt.sample.fleet.VehicleSessions;
import io.gestalt.sample.fleet.WhereIs;
import io.gestalt.sample.fleet.Whereabouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@GestaltTest(listeners = { WhereIsListener.class, SentenceListeners.class })
@Import({ Tracker.class, ListenerTests.NewFleet.class })
class ListenerTests {

	private static final String RMC = "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A";

	@Autowired
	private GestaltTester gestalt;

	@Autowired
	private Fleet fleet;

	@Test
	void tellsWhereAVehicleIs() {
		Position position = new Position("van-1", 52, 5, 10, null, Instant.parse("2026-11-21T12:00:00Z"));
		this.fleet.accept(position);
		Whereabouts answer = this.gestalt.endpoint("where-is").request(new WhereIs("van-1"), Whereabouts.class);
		assertThat(answer.position()).isEqualTo(position);
	}

	@Test
	void aSentenceIsTakenWithoutAWord() {
		EndpointTester sentences = this.gestalt.endpoint("sentences");
		sentences.send("$PGFLT,ID,truck-7*25");
		sentences.send(RMC);
		sentences.awaitReceptions(2);
		assertThat(this.fleet.lastPosition("truck-7")).isNotNull();
		assertThat(sentences.sent()).isEmpty();
	}

	@Test
	void aSentenceThatIsDamagedIsRefused() {
		EndpointTester sentences = this.gestalt.endpoint("sentences");
		sentences.sendRaw(RMC.replace("22.4", "23.4").getBytes(StandardCharsets.US_ASCII));
		Reception reception = sentences.awaitReception();
		assertThat(reception.result()).asString().contains("CHECKSUM");
		assertThat(reception.settlement()).isEqualTo(Settlement.REPLIED);
		assertThat(sentences.awaitSent().text()).isEqualTo(reception.result());
	}

	@TestConfiguration
	static class NewFleet {

		@Bean
		Fleet fleet() {
			return new Fleet(10);
		}

		@Bean
		VehicleSessions sessions() {
			return new VehicleSessions(10);
		}

	}

}

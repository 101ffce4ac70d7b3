package io.gestalt.sample.broker;

import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.client.GestaltClient;
import io.gestalt.boot.client.GestaltClientFactory;
import io.gestalt.sample.amqp.LastPositions;
import io.gestalt.sample.fleet.Fleet;
import io.gestalt.sample.fleet.Position;
import io.gestalt.sample.fleet.Rejection;
import io.gestalt.sample.fleet.WhereIs;
import io.gestalt.sample.fleet.WhereIsService;
import io.gestalt.sample.fleet.Whereabouts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the tracker does through a broker, whichever it is. */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
interface BrokerContract {

	Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

	Deployment deployment();

	@AfterAll
	default void end() {
		deployment().close();
	}

	@Test
	default void theLastPositionThatWasPublishedIsKept() {
		LastPositions published = deployment().tracker(LastPositions.class);
		Position last = position("van-1", 2);
		fleet().accept(position("van-1", 1));
		fleet().accept(last);
		await().until(() -> last.equals(published.of("van-1")));
		assertThat(published.positions()).contains(last);
	}

	@Test
	default void whatTheFleetDoesNotTakeIsNotPublished() {
		LastPositions published = deployment().tracker(LastPositions.class);
		Position last = position("van-2", 3);
		fleet().accept(position("van-2", 2));
		assertThat(fleet().accept(position("van-2", 1))).isFalse();
		fleet().accept(last);
		await().until(() -> last.equals(published.of("van-2")));
		assertThat(published.counts().rejected()).containsEntry(Rejection.OVERTAKEN, 0L);
	}

	@Test
	default void aNameThatIsTooLongForARoutingKeyHurtsNobodyElse() {
		LastPositions published = deployment().tracker(LastPositions.class);
		assertThat(fleet().accept(position("\u20ac".repeat(128), 1))).isTrue();
		fleet().accept(position("van-6", 1));
		await().until(() -> published.of("van-6") != null);
	}

	@Test
	default void anOfficeMayReadOneVehicleAlone() {
		fleet().accept(position("van-3", 1));
		fleet().accept(position(Office.VEHICLE, 1));
		fleet().accept(position("van-4", 1));
		fleet().accept(position(Office.VEHICLE, 2));
		Office office = deployment().office(Office.class);
		await().until(() -> office.read.size() == 2);
		assertThat(office.read).containsExactly(position(Office.VEHICLE, 1), position(Office.VEHICLE, 2));
	}

	@Test
	default void aQuestionHasTheSameAnswerEitherWay() {
		Position known = position("van-5", 1);
		fleet().accept(known);
		for (String vehicle : new String[] { "van-5", "nobody" }) {
			WhereIs question = new WhereIs(vehicle);
			Whereabouts answer = deployment().office(Office.ThroughTheBroker.class).whereIs(question);
			assertThat(answer).isEqualTo(deployment().office(Office.OverTcp.class).whereIs(question));
			assertThat(answer.position()).isEqualTo(vehicle.equals("van-5") ? known : null);
		}
	}

	private Fleet fleet() {
		return deployment().tracker(Fleet.class);
	}

	private static Position position(String vehicle, int second) {
		return new Position(vehicle, 52.0907, 5.1214, 13.5, 84.4, NOON.plusSeconds(second));
	}

	/**
	 * Another application, which reads the positions of one vehicle and asks for others.
	 */
	@EnableAutoConfiguration
	class Office {

		static final String VEHICLE = "lorry-1";

		final Queue<Position> read = new ConcurrentLinkedQueue<>();

		@GestaltListener("lorry")
		void read(Position position) {
			this.read.add(position);
		}

		/** Scanning finds clients, but not within tests. */
		@Bean
		GestaltClientFactory<ThroughTheBroker> throughTheBroker() {
			return new GestaltClientFactory<>(ThroughTheBroker.class);
		}

		@Bean
		GestaltClientFactory<OverTcp> overTcp() {
			return new GestaltClientFactory<>(OverTcp.class);
		}

		@GestaltClient("remote-tracker")
		interface ThroughTheBroker extends WhereIsService {

		}

		@GestaltClient("tracker")
		interface OverTcp extends WhereIsService {

		}

	}

}

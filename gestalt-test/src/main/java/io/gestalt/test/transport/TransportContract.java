package io.gestalt.test.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.StopReport;
import io.gestalt.frame.FrameException;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.message.Peer;
import org.junit.jupiter.api.Test;

import static io.gestalt.test.transport.TalkingPair.GRACE;
import static io.gestalt.test.transport.TalkingPair.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What every transport of endpoints must pass. A test class implements it and inherits
 * the tests, which talk over the real thing.
 */
public interface TransportContract {

	/** Creates a server that is not yet open, on any free address. */
	Endpoint server(EndpointSettings settings);

	/**
	 * Creates a client that is not yet open.
	 * @param settings name, codecs, limits
	 * @param server where it connects to, already open
	 */
	Endpoint client(EndpointSettings settings, Endpoint server);

	/** The largest payload to try, in bytes, behind a header of four. */
	int maxPayload();

	/** Whether a peer is known to come and go. */
	default boolean connects() {
		return true;
	}

	/** Whether a message can be a request. */
	default boolean carriesRequests() {
		return true;
	}

	/** How many messages may be under way without any being lost. */
	default int burst() {
		return 1000;
	}

	@Test
	default void aMessageGoesThereAndBack() throws Exception {
		try (TalkingPair pair = TalkingPair.listening(this)) {
			pair.client().send("hello, wörld");
			pair.assertReceived("hello, wörld");
			pair.client().sendAsync("again").get(10, TimeUnit.SECONDS);
			pair.assertReceived("again");
		}
	}

	@Test
	default void messagesKeepTheirOrder() throws Exception {
		try (TalkingPair pair = TalkingPair.listening(this)) {
			for (int first = 0; first < 3000; first += burst()) {
				for (int i = first; i < first + burst(); i++) {
					pair.client().send("n" + i);
				}
				for (int i = first; i < first + burst(); i++) {
					pair.assertReceived("n" + i);
				}
			}
		}
	}

	@Test
	default void manyRequestsAreUnderWayAtTheSameTime() throws Exception {
		assumeThat(carriesRequests()).as("carries requests").isTrue();
		try (TalkingPair pair = TalkingPair.asking(this)) {
			List<CompletableFuture<String>> replies = new ArrayList<>();
			for (int i = 0; i < 5000; i++) {
				replies.add(pair.client().request("n" + i, String.class));
			}
			for (int i = 0; i < replies.size(); i++) {
				assertThat(replies.get(i).get(10, TimeUnit.SECONDS)).isEqualTo("n" + i);
			}
			assertThat(pair.client().counters().get(Counter.LATE_REPLIES)).isZero();
		}
	}

	@Test
	default void aRequestThatCannotBeCarriedIsRefused() {
		assumeThat(carriesRequests()).as("carries requests").isFalse();
		try (TalkingPair pair = TalkingPair.asking(this)) {
			assertThat(pair.client().request("x", String.class)).failsWithin(GRACE)
				.withThrowableThat()
				.withCauseInstanceOf(EndpointException.class);
		}
	}

	@Test
	default void aMessageOfTheLargestSizePasses() throws Exception {
		try (TalkingPair pair = TalkingPair.listening(this)) {
			String largest = "a" + "x".repeat(maxPayload() - 2) + "z";
			pair.client().send(largest);
			pair.assertReceived(largest);
			pair.client().send("");
			pair.assertReceived("");
		}
	}

	@Test
	default void aMessageAboveTheLimitIsRefusedAndDisturbsNobody() throws Exception {
		try (TalkingPair pair = TalkingPair.listening(this)) {
			String tooLarge = "x".repeat(maxPayload() + 1);
			assertThatExceptionOfType(FrameException.class).isThrownBy(() -> pair.client().send(tooLarge))
				.withMessageContaining("limit of %d bytes", maxPayload());
			assertThat(pair.client().sendAsync(tooLarge)).failsWithin(GRACE)
				.withThrowableThat()
				.withCauseInstanceOf(FrameException.class);
			pair.client().send("fine");
			pair.assertReceived("fine");
			assertThat(pair.client().counters().get(Counter.OFFERED)).isEqualTo(1);
		}
	}

	@Test
	default void peersAreListedAndCanBeSentTo() throws Exception {
		try (TalkingPair pair = TalkingPair.listening(this)) {
			pair.client().send("hello");
			pair.assertReceived("hello");
			assertThat(pair.client().peers()).hasSize(1);
			assertThat(pair.server().peers()).hasSize(1);
			Peer peer = pair.server().whenConnected().get(10, TimeUnit.SECONDS);
			assertThat(pair.server().peers()).containsExactly(peer);
			assertThat(peer.id()).matches("[0-9a-f]{10}");
			peer.send("to the peer");
			pair.assertReceived("to the peer");
			assertThat(pair.server().sendToAll("to all")).isEqualTo(1);
			pair.assertReceived("to all");
			pair.server().send("to the only one");
			pair.assertReceived("to the only one");
		}
	}

	@Test
	default void eventsTellTheLifeOfAnEndpoint() throws Exception {
		try (TalkingPair pair = TalkingPair.listening(this)) {
			pair.client().send("hello");
			pair.assertReceived("hello");
			pair.client().stop(GRACE);
			if (connects()) {
				await("the server to see the peer gone", () -> pair.server().peers().isEmpty());
			}
			pair.server().stop(GRACE);
			List<String> life = connects() ? List.of("Started", "PeerConnected", "PeerDisconnected", "Stopped")
					: List.of("Started", "Stopped");
			assertThat(pair.clientEvents()).isEqualTo(life);
			assertThat(pair.serverEvents()).isEqualTo(life);
		}
	}

	@Test
	default void anEndpointStopsAndStartsAgain() throws Exception {
		try (TalkingPair pair = TalkingPair.listening(this)) {
			for (int round = 0; round < 3; round++) {
				assertThat(pair.client().running()).isTrue();
				pair.client().start();
				pair.client().send("round " + round);
				pair.assertReceived("round " + round);
				StopReport report = pair.client().stop(GRACE);
				assertThat(report.abandoned() + report.dropped()).isZero();
				assertThat(pair.client().running()).isFalse();
				assertThat(pair.client().peers()).isEmpty();
				assertThat(pair.client().stop(GRACE).handled()).isZero();
				pair.client().start();
			}
			pair.server().stop(GRACE);
			assertThat(pair.server().running()).isFalse();
			assertThat(pair.server().addresses()).isEmpty();
			pair.server().start();
			assertThat(pair.server().running()).isTrue();
			assertThat(pair.server().addresses()).hasSize(1);
		}
	}

	@Test
	default void anOpenEndpointTakesNoOtherListener() {
		try (TalkingPair pair = TalkingPair.asking(this)) {
			Listener other = Listener.of(String.class, (payload, context) -> null);
			assertThatExceptionOfType(EndpointException.class).isThrownBy(() -> pair.server().listen(other))
				.withMessage("Endpoint 'server' is running and cannot take another listener");
			assertThatExceptionOfType(EndpointException.class).isThrownBy(() -> pair.client().listen(other));
		}
	}

	@Test
	default void countersAddUp() throws Exception {
		try (TalkingPair pair = TalkingPair.listening(this)) {
			int count = Math.min(200, burst());
			for (int i = 0; i < count; i++) {
				pair.client().send("n" + i);
			}
			for (int i = 0; i < count; i++) {
				pair.assertReceived("n" + i);
			}
			pair.client().stop(GRACE);
			pair.server().stop(GRACE);
			for (Endpoint endpoint : List.of(pair.client(), pair.server())) {
				assertAddUp(endpoint.counters());
				assertThat(endpoint.counters().get(Counter.RECEIVED)).isEqualTo(count);
				assertThat(endpoint.counters().get(Counter.HANDLED)).isEqualTo(count);
				assertThat(endpoint.counters().get(Counter.SENT)).isEqualTo(count);
			}
			assertThat(pair.server().counters().get(Counter.RECEIVED_BYTES))
				.isEqualTo(pair.client().counters().get(Counter.SENT_BYTES));
		}
	}

	private static void assertAddUp(Counters counters) {
		assertThat(sum(counters, Counter.SENT, Counter.REFUSED, Counter.DROPPED_OLDEST, Counter.DROPPED_NEWEST,
				Counter.DROPPED_LOST))
			.as("what became of the messages offered: %s", counters)
			.isEqualTo(counters.get(Counter.OFFERED));
		assertThat(sum(counters, Counter.HANDLED, Counter.UNDECODABLE, Counter.UNHANDLED, Counter.ABANDONED,
				Counter.INBOUND_FULL))
			.as("what became of the messages received: %s", counters)
			.isEqualTo(counters.get(Counter.RECEIVED));
		assertThat(counters.get(Counter.DISCONNECTED)).isEqualTo(counters.get(Counter.CONNECTED));
	}

	private static long sum(Counters counters, Counter... which) {
		long sum = 0;
		for (Counter counter : which) {
			sum += counters.get(counter);
		}
		return sum;
	}

}

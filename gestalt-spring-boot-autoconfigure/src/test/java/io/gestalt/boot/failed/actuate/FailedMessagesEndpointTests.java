package io.gestalt.boot.failed.actuate;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.gestalt.boot.failed.ManagedApplication;
import io.gestalt.boot.failed.ManagedApplication.Orders;
import io.gestalt.failed.FailedMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.AuditEventRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(120)
class FailedMessagesEndpointTests {

	private static final String SHOWN = "management.endpoint.gestaltfailed.show-values=always";

	private static final String BAD = """
			{"id":"bad A1"}""";

	@Test
	void listsWhatFailedAndShowsOneWithItsPayload() throws Exception {
		try (ManagedApplication application = ManagedApplication.open(SHOWN)) {
			application.fail(BAD, 1);
			application.fail("no json", 2);
			DocumentContext list = application.read("");
			assertThat(list.<Integer>read("$.kept")).isEqualTo(2);
			assertThat(list.<List<String>>read("$.messages[*].reason")).containsExactly("failed", "undecodable");
			assertThat(list.<String>read("$.messages[0].error")).contains("no room for bad A1");
			assertThat(list.<String>read("$.messages[0].endpoint")).isEqualTo("orders");
			assertThat(list.<Integer>read("$.messages[0].attempts")).isEqualTo(1);
			assertThat(list.<String>read("$.messages[0].peer.address")).startsWith("127.0.0.1:");
			assertThat(list.<String>read("$.messages[0].time")).contains("T");
			assertThat(list.<List<Object>>read("$.messages[*].payload")).isEmpty();
			DocumentContext shown = application.read("/1");
			assertThat(shown.<String>read("$.payload.value")).isEqualTo(BAD);
			assertThat(shown.<String>read("$.payload.encoding")).isEqualTo("text");
		}
	}

	@Test
	void listsInPagesAndByEndpoint() throws Exception {
		try (ManagedApplication application = ManagedApplication.open()) {
			for (int i = 1; i <= 3; i++) {
				application.fail(BAD, i);
			}
			DocumentContext first = application.read("?limit=2");
			assertThat(first.<List<Integer>>read("$.messages[*].id")).containsExactly(1, 2);
			DocumentContext second = application.read("?limit=2&after=" + first.read("$.next"));
			assertThat(second.<List<Integer>>read("$.messages[*].id")).containsExactly(3);
			assertThat(second.<Map<String, Object>>read("$")).doesNotContainKey("next");
			assertThat(application.read("?endpoint=others").<List<Object>>read("$.messages")).isEmpty();
		}
	}

	@Test
	void hidesWhatMessagesHoldUnlessItIsToBeShown() throws Exception {
		try (ManagedApplication application = ManagedApplication.open()) {
			application.fail(BAD, 1);
			for (String path : new String[] { "/gestaltfailed", "/gestaltfailed/1" }) {
				assertThat(application.get(path).body()).contains("\"error\":\"******\"", "\"address\":\"******\"")
					.doesNotContain("bad A1", "127.0.0.1");
			}
			assertThat(application.read("/1").<String>read("$.payload.value")).isEqualTo("******");
			assertThat(application.post(1, "{\"operation\": \"replay\"}").body()).contains("\"error\":\"******\"")
				.doesNotContain("bad A1");
		}
	}

	@Test
	void replaysWhatWasEditedOnce() throws Exception {
		try (ManagedApplication application = ManagedApplication.open(SHOWN)) {
			application.fail(BAD, 1);
			DocumentContext again = JsonPath.parse(application.post(1, "{\"operation\": \"replay\"}").body());
			assertThat(again.<String>read("$.outcome")).isEqualTo("failed");
			assertThat(again.<Integer>read("$.attempts")).isEqualTo(2);
			assertThat(again.<String>read("$.error")).contains("no room for bad A1");
			HttpResponse<String> edited = application.post(1,
					"{\"operation\": \"edit\", \"payload\": \"{\\\"id\\\":\\\"A1\\\"}\"}");
			assertThat(edited.body())
				.isEqualTo("{\"id\":1,\"endpoint\":\"orders\",\"operation\":\"edit\",\"outcome\":\"edited\"}");
			assertThat(application.post(1, "{\"operation\": \"replay\"}").body())
				.isEqualTo("{\"id\":1,\"endpoint\":\"orders\",\"operation\":\"replay\",\"outcome\":\"handled\"}");
			assertThat(application.bean(Orders.class).handled).containsExactly("A1");
			assertThat(application.get("/gestaltfailed/1").statusCode()).isEqualTo(404);
			assertThat(application.post(1, "{\"operation\": \"replay\"}").statusCode()).isEqualTo(404);
			assertThat(application.bean(Orders.class).handled).containsExactly("A1");
		}
	}

	@Test
	void aReplayThatTakesLongDoesNotHoldUpTheStop() throws Exception {
		CompletableFuture<HttpResponse<String>> replay;
		try (ManagedApplication application = ManagedApplication.open()) {
			application.fail(BAD, 1);
			application.post(1, "{\"operation\": \"edit\", \"payload\": \"{\\\"id\\\":\\\"slow\\\"}\"}");
			replay = CompletableFuture.supplyAsync(() -> application.post(1, "{\"operation\": \"replay\"}"));
			assertThat(application.bean(Orders.class).slow.await(10, TimeUnit.SECONDS)).isTrue();
			CompletableFuture.runAsync(application::close);
			assertThat(replay.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
		}
		assertThat(replay.join().body()).contains("\"outcome\":\"running\"");
	}

	@Test
	void takesAPayloadInBase64() throws Exception {
		try (ManagedApplication application = ManagedApplication.open(SHOWN)) {
			application.fail("\u0001\u0002", 1);
			assertThat(application.read("/1").<String>read("$.payload.encoding")).isEqualTo("base64");
			assertThat(application.read("/1").<String>read("$.payload.value")).isEqualTo("AQI=");
			application.post(1, "{\"operation\": \"edit\", \"base64\": \"eyJpZCI6IkEyIn0=\"}");
			application.post(1, "{\"operation\": \"replay\"}");
			assertThat(application.bean(Orders.class).handled).containsExactly("A2");
		}
	}

	@Test
	void discards() throws Exception {
		try (ManagedApplication application = ManagedApplication.open()) {
			application.fail(BAD, 1);
			assertThat(application.delete(1).body()).contains("\"outcome\":\"discarded\"");
			assertThat(application.bean(FailedMessages.class).counts(null).kept()).isZero();
			assertThat(application.delete(1).statusCode()).isEqualTo(404);
		}
	}

	@Test
	void saysWhatIsWrongWithARequest() throws Exception {
		try (ManagedApplication application = ManagedApplication.open()) {
			application.fail(BAD, 1);
			assertRefused(application.post(1, "{\"operation\": \"explode\"}"), "Operation 'explode' is unknown");
			assertRefused(application.post(1, "{}"), "Operation 'null' is unknown");
			assertRefused(application.post(1, "{\"operation\": \"edit\"}"), "either 'payload' or 'base64'");
			assertRefused(application.post(1, "{\"operation\": \"edit\", \"base64\": \"%%\"}"), "not in base 64");
			assertThat(application.get("/gestaltfailed/x").statusCode()).isEqualTo(400);
			assertThat(application.get("/gestaltfailed/99").body()).contains("Failed message 99 is not stored",
					"action");
		}
	}

	private static void assertRefused(HttpResponse<String> response, String text) {
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains(text, "\"error\"", "\"action\"");
	}

	@Test
	void everyActionLeavesAnAuditEvent() throws Exception {
		try (ManagedApplication application = ManagedApplication.secured().as("ops", "secret")) {
			application.fail(BAD, 1);
			application.read("");
			application.read("/1");
			application.post(1, "{\"operation\": \"replay\"}");
			application.post(1, "{\"operation\": \"edit\", \"payload\": \"{}\"}");
			application.delete(1);
			application.delete(1);
			List<AuditEvent> events = application.bean(AuditEventRepository.class)
				.find("ops", null, null)
				.stream()
				.filter((event) -> event.getType().startsWith("GESTALT"))
				.toList();
			assertThat(events).extracting(AuditEvent::getType)
				.containsExactly("GESTALT_FAILED_MESSAGE_LIST", "GESTALT_FAILED_MESSAGE_SHOW",
						"GESTALT_FAILED_MESSAGE_REPLAY", "GESTALT_FAILED_MESSAGE_EDIT",
						"GESTALT_FAILED_MESSAGE_DISCARD", "GESTALT_FAILED_MESSAGE_DISCARD");
			assertThat(events.get(2).getData()).isEqualTo(Map.of("id", 1L, "endpoint", "orders", "outcome", "failure"));
			assertThat(events.get(5).getData()).isEqualTo(Map.of("id", 1L, "outcome", "refused"));
			assertThat(application.get("/auditevents?type=GESTALT_FAILED_MESSAGE_EDIT").body())
				.contains("\"principal\":\"ops\"", "\"outcome\":\"success\"");
		}
	}

	@Test
	void letsNobodyInWhomItDoesNotKnow() throws Exception {
		try (ManagedApplication application = ManagedApplication.secured()) {
			application.fail(BAD, 1);
			assertThat(application.get("/gestaltfailed").statusCode()).isEqualTo(401);
			assertThat(application.get("/gestaltfailed/1").statusCode()).isEqualTo(401);
			assertThat(application.post(1, "{\"operation\": \"replay\"}").statusCode()).isEqualTo(401);
			assertThat(application.delete(1).statusCode()).isEqualTo(401);
			assertThat(application.bean(FailedMessages.class).counts(null).kept()).isEqualTo(1);
		}
	}

	@Test
	void showsValuesToWhomItKnows() throws Exception {
		try (ManagedApplication application = ManagedApplication
			.secured("management.endpoint.gestaltfailed.show-values=when-authorized")
			.as("ops", "secret")) {
			application.fail(BAD, 1);
			assertThat(application.read("/1").<String>read("$.payload.value")).isEqualTo(BAD);
		}
	}

	@Test
	void onlyReadsWithoutWriteAccess() throws Exception {
		try (ManagedApplication application = ManagedApplication
			.open("management.endpoint.gestaltfailed.access=read-only")) {
			application.fail(BAD, 1);
			assertThat(application.get("/gestaltfailed/1").statusCode()).isEqualTo(200);
			assertThat(application.post(1, "{\"operation\": \"replay\"}").statusCode()).isEqualTo(405);
			assertThat(application.delete(1).statusCode()).isEqualTo(405);
		}
	}

	@Test
	void metersTellHowManyThereAre() throws Exception {
		try (ManagedApplication application = ManagedApplication.open("gestalt.failed-messages.max-messages=2")) {
			application.fail(BAD, 1);
			application.fail(BAD, 2);
			application.fail(BAD, 2);
			await().until(() -> application.bean(FailedMessages.class).counts("orders").evicted() == 1);
			assertThat(application.get("/metrics/gestalt.failed.evicted?tag=endpoint:orders").body())
				.contains("\"value\":1.0");
			assertThat(application.get("/metrics/gestalt.failed.kept?tag=endpoint:orders").body())
				.contains("\"value\":2.0");
		}
	}

}

package io.gestalt.boot.annotation;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import io.gestalt.message.MessageContext;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ListenerHeadersTests {

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	@Test
	void namesAHeaderByAnnotationOrParameter() throws Exception {
		assertThat(call("named", Map.of("correlation-id", "a", "tenant", "b"))).isEqualTo("a/b");
	}

	@Test
	void convertsHeaders() throws Exception {
		assertThat(call("converted", Map.of("priority", "7"))).isEqualTo(7);
		assertThat(call("converted", Map.of("priority", 7))).isEqualTo(7);
	}

	@Test
	void missingHeadersAreNamed() {
		assertThatExceptionOfType(ListenerException.class).isThrownBy(() -> call("converted", Map.of()))
			.withMessage("Message has no header 'priority', but 'ListenerHeadersTests.Methods.converted(int)' needs it")
			.extracting(ListenerException::method)
			.isEqualTo("ListenerHeadersTests.Methods.converted(int)");
	}

	@Test
	void aPrimitiveCannotBeAbsent() {
		assertThatExceptionOfType(ListenerException.class).isThrownBy(() -> call("primitive", Map.of()))
			.withMessageStartingWith("Message has no header 'priority'");
	}

	@Test
	void headersMayBeAbsentOrHaveADefault() throws Exception {
		assertThat(call("absent", Map.of())).isEqualTo("null/null/Optional.empty/5");
		assertThat(call("absent", Map.of("a", "1", "b", "2", "c", "3", "d", "4"))).isEqualTo("1/2/Optional[3]/4");
	}

	@Test
	void givesAllHeaders() throws Exception {
		assertThat(call("all", Map.of("a", 1))).isEqualTo(Map.of("a", 1));
	}

	@Test
	void givesHeadersAndTypeInMessages() throws Exception {
		assertThat(call("message", Map.of("a", 1))).isEqualTo(new io.gestalt.message.Message<>("p", 7, Map.of("a", 1)));
		assertThat(((Message<?>) call("springMessage", Map.of("a", 1))).getHeaders()).containsEntry("a", 1);
	}

	private Object call(String name, Map<String, Object> headers) throws Exception {
		Method method = Arrays.stream(Methods.class.getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow();
		ListenerMethod listener = ListenerMethod.of(method, Methods.class, new Methods(),
				new Arguments(this.beanFactory), null);
		return listener.handler().handle("p", new MessageContext((Peer) null, 7, headers));
	}

	static class Methods {

		String named(@Header("correlation-id") String id, @Header String tenant) {
			return id + "/" + tenant;
		}

		int converted(@Header("priority") int priority) {
			return priority;
		}

		String absent(@Header(name = "a", required = false) String first, @Header("b") @Nullable String second,
				@Header("c") Optional<Integer> third, @Header(name = "d", defaultValue = "5") int fourth) {
			return first + "/" + second + "/" + third + "/" + fourth;
		}

		int primitive(@Header(required = false) int priority) {
			return priority;
		}

		Map<String, Object> all(@Headers Map<String, Object> headers) {
			return headers;
		}

		io.gestalt.message.Message<String> message(io.gestalt.message.Message<String> message) {
			return message;
		}

		Message<String> springMessage(Message<String> message) {
			return message;
		}

	}

}

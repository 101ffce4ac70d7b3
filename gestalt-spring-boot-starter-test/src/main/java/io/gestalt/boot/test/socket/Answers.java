package io.gestalt.boot.test.socket;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Ordering;
import org.jspecify.annotations.Nullable;

/** What a peer answers in the present test; the last word on a type counts. */
final class Answers {

	private final List<Answer<?>> answers = new CopyOnWriteArrayList<>();

	private final PeerSettings settings;

	Answers(PeerSettings settings) {
		this.settings = settings;
	}

	<T> void add(Class<T> type, Function<? super T, ? extends @Nullable Object> answer) {
		this.answers.add(0, new Answer<>(type, answer));
	}

	void clear() {
		this.answers.clear();
	}

	Listener listener() {
		return Listener.builder()
			.other(Raw.class, (payload, context) -> reply((Raw) payload))
			.ordering(Ordering.PEER)
			.build();
	}

	private @Nullable Object reply(Raw raw) {
		for (Answer<?> answer : this.answers) {
			int expected = this.settings.codec().types().idOf(answer.type());
			if (expected == 0 || expected == raw.type()) {
				return answer.reply(this.settings.decode(raw.bytes(), raw.type(), answer.type()));
			}
		}
		return null;
	}

	private record Answer<T>(Class<T> type, Function<? super T, ? extends @Nullable Object> answer) {

		@Nullable Object reply(@Nullable Object request) {
			return this.answer.apply(this.type.cast(request));
		}

	}

}

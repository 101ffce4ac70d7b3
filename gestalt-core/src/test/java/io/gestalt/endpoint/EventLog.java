package io.gestalt.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Remembers the events of an endpoint and waits for the next one of a kind. */
final class EventLog implements EndpointObserver {

	private final List<EndpointEvent> events = new CopyOnWriteArrayList<>();

	@Override
	public void onEvent(EndpointEvent event) {
		this.events.add(event);
	}

	List<EndpointEvent> all() {
		return this.events;
	}

	<T extends EndpointEvent> List<T> all(Class<T> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	/** The names of the kinds of events, in their order. */
	List<String> kinds() {
		return this.events.stream().map((event) -> event.getClass().getSimpleName()).toList();
	}

	<T extends EndpointEvent> T await(Class<T> type) {
		return await(type, (event) -> true);
	}

	<T extends EndpointEvent> T await(Class<T> type, Predicate<T> condition) {
		TestEndpoints.await("an event " + type.getSimpleName(), () -> all(type).stream().anyMatch(condition));
		return all(type).stream().filter(condition).findFirst().orElseThrow();
	}

	<T extends EndpointEvent> void awaitCount(Class<T> type, int count) {
		TestEndpoints.await(count + " events " + type.getSimpleName(), Duration.ofSeconds(10),
				() -> all(type).size() >= count);
	}

}

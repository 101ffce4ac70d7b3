package io.gestalt.boot.test;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.lifecycle.EndpointLifecycle;
import io.gestalt.boot.test.record.Recorder;
import io.gestalt.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Stands at the other end of every endpoint of an application. A bean of this type is
 * there in each {@code @GestaltTest}; what it has recorded is forgotten before each test.
 */
public final class GestaltTester implements SmartLifecycle {

	private final GestaltEndpoints endpoints;

	private final Recorder recorder;

	private final Function<Endpoint, @Nullable JournalTester> factory;

	private final Map<String, JournalTester> testers = new TreeMap<>();

	private volatile boolean running;

	/**
	 * Prepares to test.
	 * @param endpoints those of the application
	 * @param recorder what happens to them
	 * @param factory makes the other end of an endpoint, if it knows how
	 */
	public GestaltTester(GestaltEndpoints endpoints, Recorder recorder,
			Function<Endpoint, @Nullable JournalTester> factory) {
		this.endpoints = endpoints;
		this.recorder = recorder;
		this.factory = factory;
	}

	/**
	 * The other end of an endpoint.
	 * @param name the name that the user gave it
	 * @throws io.gestalt.boot.endpoint.UnknownEndpointException if there is none of that
	 * name
	 * @throws IllegalStateException if the application has made it itself
	 */
	public EndpointTester endpoint(String name) {
		JournalTester tester = tester(this.endpoints.get(name));
		if (tester == null) {
			throw new IllegalStateException(
					"Endpoint '%s' is a bean of the application, whose codec is not known: it has no tester"
						.formatted(name));
		}
		return tester;
	}

	private synchronized @Nullable JournalTester tester(Endpoint endpoint) {
		JournalTester known = this.testers.get(endpoint.name());
		if (known == null) {
			known = this.factory.apply(endpoint);
			if (known != null) {
				this.testers.put(endpoint.name(), known);
			}
		}
		return known;
	}

	/** All that happened in this test, for people to read. */
	public String report() {
		StringBuilder text = new StringBuilder();
		for (Endpoint endpoint : this.endpoints.all()) {
			text.append(
					"Endpoint '%s'%n%s%n".formatted(endpoint.name(), this.recorder.journal(endpoint.name()).report()));
		}
		return text.toString();
	}

	/** Forgets what happened, and closes the connections that were opened for it. */
	public synchronized void reset() {
		this.testers.values().forEach(JournalTester::reset);
		this.recorder.clear();
	}

	/** Is there for clients when they start. */
	@Override
	public synchronized void start() {
		this.running = true;
		for (Endpoint endpoint : this.endpoints.all()) {
			JournalTester tester = tester(endpoint);
			if (tester != null) {
				tester.start();
			}
		}
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		this.testers.values().forEach(JournalTester::close);
		this.testers.clear();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return EndpointLifecycle.CLIENT_PHASE - 1;
	}

}

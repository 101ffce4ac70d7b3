package io.gestalt.test.transport;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.gestalt.codec.PayloadCodec;
import io.gestalt.codec.serializer.TextSerializer;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.frame.LengthPrefixedFrameCodec;
import io.gestalt.message.MessageTypes;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that echoes and a client that remembers, both of one transport. */
final class TalkingPair implements AutoCloseable {

	static final Duration GRACE = Duration.ofSeconds(5);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final List<EndpointEvent> serverEvents = new CopyOnWriteArrayList<>();

	private final List<EndpointEvent> clientEvents = new CopyOnWriteArrayList<>();

	private final Endpoint server;

	private final Endpoint client;

	private TalkingPair(TransportContract transport) {
		int limit = transport.maxPayload();
		this.server = transport.server(settings("server", limit).observer(this.serverEvents::add)
			.listener(Listener.of(String.class, (payload, context) -> payload)));
		this.server.start();
		this.client = transport.client(settings("client", limit).observer(this.clientEvents::add), this.server);
	}

	/** A pair whose client takes what comes for a message. */
	static TalkingPair listening(TransportContract transport) {
		TalkingPair pair = new TalkingPair(transport);
		pair.client.listen(pair.remember());
		pair.client.start();
		return pair;
	}

	/** A pair whose client takes what comes for a reply. */
	static TalkingPair asking(TransportContract transport) {
		TalkingPair pair = new TalkingPair(transport);
		pair.client.start();
		return pair;
	}

	private Listener remember() {
		return Listener.of(String.class, (payload, context) -> {
			this.received.add(payload);
			return null;
		});
	}

	private static EndpointSettings settings(String name, int limit) {
		return new EndpointSettings(name, new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, limit),
				new PayloadCodec(new TextSerializer(), null, MessageTypes.none(), limit), null);
	}

	Endpoint server() {
		return this.server;
	}

	Endpoint client() {
		return this.client;
	}

	/** The kinds of events of the server, in their order. */
	List<String> serverEvents() {
		return kinds(this.serverEvents);
	}

	/** The kinds of events of the client, in their order. */
	List<String> clientEvents() {
		return kinds(this.clientEvents);
	}

	private static List<String> kinds(List<EndpointEvent> events) {
		return events.stream().map((event) -> event.getClass().getSimpleName()).toList();
	}

	void assertReceived(String expected) throws InterruptedException {
		assertThat(this.received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(expected);
	}

	static void await(String what, BooleanSupplier condition) {
		long start = System.nanoTime();
		boolean met = condition.getAsBoolean();
		while (!met && System.nanoTime() - start < PATIENCE.toNanos()) {
			LockSupport.parkNanos(1_000_000);
			met = condition.getAsBoolean();
		}
		assertThat(met).as("%s within %s", what, PATIENCE).isTrue();
	}

	@Override
	public void close() {
		this.client.stop(GRACE);
		this.server.stop(GRACE);
	}

}

package io.gestalt.boot;

import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.gestalt.boot.annotation.EndpointLookup;
import io.gestalt.boot.annotation.GestaltListeners;
import io.gestalt.codec.PayloadCodec;
import io.gestalt.codec.serializer.JsonSerializer;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointException;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.LengthPrefixedFrameCodec;
import io.gestalt.frame.MessageTypeFrameCodec;
import io.gestalt.message.Message;
import io.gestalt.message.MessageTypes;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.queue.OnFull;
import io.gestalt.transport.queue.QueueLimits;
import io.gestalt.transport.tcp.TcpOptions;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Real TCP endpoints that speak JSON, as beans of a context that starts and stops them.
 */
public final class TestEndpoints implements EndpointLookup, SmartLifecycle, AutoCloseable {

	/** A reply without payload. */
	public static final Message<?> EMPTY = Message.of(null);

	private static final FrameCodec FRAMES = new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, 1_000_000);

	private static final FrameCodec TYPED_FRAMES = new MessageTypeFrameCodec(ByteOrder.BIG_ENDIAN, 1_000_000);

	private static final PayloadCodec JSON = new PayloadCodec(new JsonSerializer(), null, MessageTypes.none(),
			1_000_000);

	private final TransportResources resources = TransportResources.create();

	private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();

	private final Map<String, ListenerOptions> options = new HashMap<>();

	private final List<AutoCloseable> opened = new ArrayList<>();

	private volatile boolean running;

	public TcpServerEndpoint server(String name) {
		return server(name, null, FRAMES);
	}

	public TcpServerEndpoint typedServer(String name) {
		return server(name, null, TYPED_FRAMES);
	}

	/** A server that is open at once, outside of any context. */
	public TcpServerEndpoint openServer(Listener listener) {
		return openServer(listener, 0);
	}

	/** A server that is open at once, on a port of the caller's choice. */
	public TcpServerEndpoint openServer(Listener listener, int port) {
		TcpServerEndpoint server = newServer("remote", listener, FRAMES, port);
		server.start();
		this.opened.add(() -> server.stop(Duration.ZERO));
		return server;
	}

	private TcpServerEndpoint server(String name, Listener listener, FrameCodec frames) {
		TcpServerEndpoint server = newServer(name, listener, frames, 0);
		this.endpoints.put(name, server);
		return server;
	}

	private TcpServerEndpoint newServer(String name, Listener listener, FrameCodec frames, int port) {
		return new TcpServerEndpoint(new EndpointSettings(name, frames, JSON, listener),
				new InetSocketAddress("127.0.0.1", port), TcpOptions.DEFAULT, this.resources);
	}

	/** A client that is open at once, outside of any context. */
	public TcpClientEndpoint openClient(TcpServerEndpoint server) {
		TcpClientEndpoint client = newClient("client", server, Duration.ofSeconds(10));
		client.start();
		this.opened.add(0, () -> client.stop(Duration.ZERO));
		return client;
	}

	public TcpClientEndpoint client(String name, TcpServerEndpoint server, Duration requestTimeout) {
		TcpClientEndpoint client = newClient(name, server, requestTimeout);
		this.endpoints.put(name, client);
		return client;
	}

	private TcpClientEndpoint newClient(String name, TcpServerEndpoint server, Duration timeout) {
		FrameCodec frames = server.carriesType() ? TYPED_FRAMES : FRAMES;
		EndpointSettings settings = new EndpointSettings(name, frames, JSON, null).requestTimeout(timeout)
			.queue(new QueueLimits(100, 1_000_000, OnFull.BLOCK, timeout));
		return new TcpClientEndpoint(settings, Targets.of(new InetSocketAddress("127.0.0.1", server.port())),
				TcpOptions.DEFAULT, this.resources);
	}

	public void options(String id, ListenerOptions values) {
		this.options.put(id, values);
	}

	public AnnotationConfigApplicationContext refresh(Class<?>... beans) {
		return refresh((context) -> {
		}, beans);
	}

	public AnnotationConfigApplicationContext refresh(Consumer<AnnotationConfigApplicationContext> customizer,
			Class<?>... beans) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		this.opened.add(0, context);
		context.registerBean("lookup", TestEndpoints.class, () -> this,
				(definition) -> definition.setDestroyMethodName(""));
		context.registerBean(GestaltListeners.class);
		this.endpoints.forEach((name, endpoint) -> context.registerBean(name, Endpoint.class, () -> endpoint));
		if (beans.length > 0) {
			context.register(beans);
		}
		customizer.accept(context);
		context.refresh();
		return context;
	}

	@Override
	public Endpoint get(String name) {
		Endpoint endpoint = this.endpoints.get(name);
		if (endpoint == null) {
			throw new EndpointException(name, "Endpoint '%s' is not known".formatted(name));
		}
		return endpoint;
	}

	@Override
	public ListenerOptions options(String id) {
		return this.options.getOrDefault(id, ListenerOptions.NONE);
	}

	@Override
	public void start() {
		this.running = true;
		this.endpoints.values().forEach(Endpoint::start);
	}

	@Override
	public void stop() {
		List<Endpoint> reversed = new ArrayList<>(this.endpoints.values());
		Collections.reverse(reversed);
		reversed.forEach((endpoint) -> endpoint.stop(Duration.ofMillis(500)));
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void close() throws Exception {
		for (AutoCloseable closeable : this.opened) {
			closeable.close();
		}
		this.resources.close();
	}

}

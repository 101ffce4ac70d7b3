package io.gestalt.boot.test.record;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.gestalt.boot.annotation.call.HandlerCustomizer;
import io.gestalt.boot.codec.PayloadCodecCustomizer;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.codec.PayloadCodec;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.endpoint.OnError;
import io.gestalt.endpoint.SocketEndpoint;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageHandler;
import io.gestalt.transport.CloseReason;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;

/** Puts itself around handlers and codecs, and keeps a journal for each endpoint. */
public final class Recorder implements HandlerCustomizer, PayloadCodecCustomizer, EndpointObserver, Ordered {

	private static final Set<CloseReason> FAILURES = Set.of(CloseReason.HANDLER_FAILED, CloseReason.UNDECODABLE);

	private final Map<String, Journal> journals = new ConcurrentHashMap<>();

	private final Map<String, PayloadCodec> codecs = new ConcurrentHashMap<>();

	private final Set<String> noted = ConcurrentHashMap.newKeySet();

	private final Queue<Reception> failed = new ConcurrentLinkedQueue<>();

	private final ObjectProvider<GestaltEndpoints> endpoints;

	private final ObjectProvider<SettlementSource> sources;

	private final Duration timeout;

	public Recorder(ObjectProvider<GestaltEndpoints> endpoints, ObjectProvider<SettlementSource> sources,
			Duration timeout) {
		this.endpoints = endpoints;
		this.sources = sources;
		this.timeout = timeout;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	/** What happened at an endpoint. */
	public Journal journal(String endpoint) {
		return this.journals.computeIfAbsent(endpoint,
				(name) -> new Journal(name, this.timeout, () -> endpoint(name).counters()));
	}

	private Endpoint endpoint(String name) {
		return this.endpoints.getObject().get(name);
	}

	/**
	 * The codec of an endpoint, without this recorder, {@code null} if the application
	 * has made the endpoint itself.
	 */
	public @Nullable PayloadCodec codec(String endpoint) {
		return this.codecs.get(endpoint);
	}

	/**
	 * Notes bytes that are about to be decoded, in place of the codec of the endpoint.
	 */
	public void note(String endpoint, byte[] raw) {
		Arrival.note(endpoint, raw);
	}

	/** The bytes of an endpoint are noted by others. */
	public void notedByOthers(String endpoint) {
		this.noted.add(endpoint);
	}

	boolean isNotedByOthers(String endpoint) {
		return this.noted.contains(endpoint);
	}

	@Override
	public PayloadCodec customize(String endpoint, PayloadCodec codec) {
		this.codecs.put(endpoint, codec);
		return new PayloadCodec(new RecordingSerializer(endpoint, codec.serializer(), this), codec.compressor(),
				codec.types(), codec.maxDecodedSize());
	}

	@Override
	public MessageHandler<@Nullable Object> customize(String endpoint, Type payloadType,
			MessageHandler<@Nullable Object> handler) {
		return new RecordingHandler(endpoint, handler, this);
	}

	Reception begin(String endpoint, @Nullable Object payload, MessageContext context) {
		List<byte[]> raw = Arrival.take(endpoint, (payload instanceof List<?> batch) ? batch.size() : 1);
		return add(new Reception(endpoint, raw, payload, context, this.timeout));
	}

	void undecodable(String endpoint, byte[] raw, Throwable cause) {
		List<byte[]> noted = isNotedByOthers(endpoint) ? Arrival.take(endpoint, 1) : List.of(raw);
		Reception reception = new Reception(endpoint, noted, null, null, this.timeout);
		reception.failed(cause);
		boolean followed = add(reception).followed();
		if (!followed) {
			failed(reception);
		}
	}

	private Reception add(Reception reception) {
		reception.followed(this.sources.stream().anyMatch((each) -> each.follow(reception, reception.identity())));
		journal(reception.endpoint()).add(reception);
		return reception;
	}

	void succeeded(Reception reception, @Nullable Object result) {
		reception.returned(result);
		if (!reception.followed()) {
			reception.settle((result != null) ? Settlement.REPLIED : Settlement.HANDLED);
		}
		journal(reception.endpoint()).changed();
	}

	void failed(Reception reception, Throwable cause) {
		reception.failed(cause);
		if (!reception.followed()) {
			failed(reception);
		}
		journal(reception.endpoint()).changed();
	}

	private void failed(Reception reception) {
		if (closes(endpoint(reception.endpoint()))) {
			this.failed.add(reception);
		}
		else {
			reception.settle(Settlement.DROPPED);
		}
	}

	private static boolean closes(Endpoint endpoint) {
		if (endpoint instanceof UdpEndpoint || !(endpoint instanceof SocketEndpoint socket)) {
			return false;
		}
		OnError policy = socket.settings().onError();
		boolean replies = endpoint.listener() != null && endpoint.listener().replies();
		return (policy != null) ? policy == OnError.CLOSE : replies;
	}

	/** A connection that closed for a failure was closed for those that wait for it. */
	@Override
	public void onEvent(EndpointEvent event) {
		if (event instanceof EndpointEvent.PeerDisconnected gone && FAILURES.contains(gone.reason())) {
			this.failed.removeIf((reception) -> closed(reception, gone));
		}
	}

	private static boolean closed(Reception reception, EndpointEvent.PeerDisconnected gone) {
		boolean same = reception.endpoint().equals(gone.endpoint())
				&& (reception.peer() == null || gone.peer().equals(reception.peer()));
		if (same) {
			reception.settle(Settlement.CLOSED);
		}
		return same;
	}

	/** Forgets everything. */
	public void clear() {
		this.journals.values().forEach(Journal::clear);
		this.failed.clear();
	}

}

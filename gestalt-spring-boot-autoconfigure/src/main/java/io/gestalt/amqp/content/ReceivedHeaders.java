package io.gestalt.amqp.content;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.LongString;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.support.AmqpHeaders;

/**
 * What a handler sees beside the payload: the sender's headers, and properties of the
 * message under Spring's names, such as {@code amqp_receivedRoutingKey}. Those of the
 * codec are left out, and those that a sender has given names of that kind. Put together
 * when it is first looked at.
 */
public final class ReceivedHeaders extends AbstractMap<String, Object> {

	private static final Set<String> CODEC = Set.of(AmqpCodec.COMPRESSION, AmqpCodec.TYPE_ID);

	private static final Set<String> DELIVERY = Set.of(AmqpHeaders.RECEIVED_EXCHANGE, AmqpHeaders.RECEIVED_ROUTING_KEY,
			AmqpHeaders.REDELIVERED, AmqpHeaders.CONTENT_TYPE, AmqpHeaders.CORRELATION_ID, AmqpHeaders.REPLY_TO,
			AmqpHeaders.MESSAGE_ID, AmqpHeaders.TIMESTAMP, AmqpHeaders.APP_ID, AmqpHeaders.RECEIVED_USER_ID);

	private final Envelope envelope;

	private final AMQP.BasicProperties properties;

	private @Nullable Map<String, Object> headers;

	public ReceivedHeaders(Envelope envelope, AMQP.BasicProperties properties) {
		this.envelope = envelope;
		this.properties = properties;
	}

	/** Whether a header says how a message came, and so does not go on with it. */
	static boolean isOfDelivery(String name) {
		return DELIVERY.contains(name);
	}

	@Override
	public Set<Entry<String, Object>> entrySet() {
		return headers().entrySet();
	}

	@Override
	public @Nullable Object get(@Nullable Object key) {
		return headers().get(key);
	}

	@Override
	public boolean containsKey(@Nullable Object key) {
		return headers().containsKey(key);
	}

	private synchronized Map<String, Object> headers() {
		if (this.headers == null) {
			Map<String, Object> all = new HashMap<>();
			addUser(all);
			addStandard(all);
			this.headers = Map.copyOf(all);
		}
		return this.headers;
	}

	private void addUser(Map<String, Object> all) {
		Map<String, Object> sent = this.properties.getHeaders();
		if (sent != null) {
			sent.forEach((name, value) -> {
				if (!CODEC.contains(name) && !name.startsWith(AmqpHeaders.PREFIX)) {
					put(all, name, plain(value));
				}
			});
		}
	}

	private void addStandard(Map<String, Object> all) {
		put(all, AmqpHeaders.RECEIVED_EXCHANGE, this.envelope.getExchange());
		put(all, AmqpHeaders.RECEIVED_ROUTING_KEY, this.envelope.getRoutingKey());
		put(all, AmqpHeaders.REDELIVERED, this.envelope.isRedeliver());
		put(all, AmqpHeaders.CONTENT_TYPE, this.properties.getContentType());
		put(all, AmqpHeaders.CORRELATION_ID, this.properties.getCorrelationId());
		put(all, AmqpHeaders.REPLY_TO, this.properties.getReplyTo());
		put(all, AmqpHeaders.MESSAGE_ID, this.properties.getMessageId());
		put(all, AmqpHeaders.TIMESTAMP, this.properties.getTimestamp());
		put(all, AmqpHeaders.APP_ID, this.properties.getAppId());
		put(all, AmqpHeaders.RECEIVED_USER_ID, this.properties.getUserId());
	}

	private static void put(Map<String, Object> all, String name, @Nullable Object value) {
		if (value != null) {
			all.put(name, value);
		}
	}

	/** The client library's long strings become strings, however deep they are. */
	private static @Nullable Object plain(@Nullable Object value) {
		if (value instanceof LongString) {
			return value.toString();
		}
		if (value instanceof List<?> list) {
			return list.stream().map(ReceivedHeaders::plain).toList();
		}
		if (value instanceof Map<?, ?> map) {
			Map<String, Object> copy = new HashMap<>();
			map.forEach((name, inner) -> put(copy, String.valueOf(name), plain(inner)));
			return copy;
		}
		return value;
	}

}

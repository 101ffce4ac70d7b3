package io.gestalt.amqp.content;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.rabbitmq.client.AMQP;
import io.gestalt.codec.CodecException;
import io.gestalt.codec.Codecs;
import io.gestalt.codec.Compressor;
import io.gestalt.codec.PayloadCodec;
import io.gestalt.message.Message;
import io.gestalt.message.MessageTypes;
import io.gestalt.transport.Scratch;
import io.gestalt.transport.WireTap;
import io.gestalt.transport.WireTap.Direction;
import io.gestalt.transport.WireTapped;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The codec chain of an AMQP endpoint. What is sent names its format in content headers;
 * what arrives is decoded by those it bears, whatever the endpoint itself would send:
 *
 * <pre>
 * property content_type      application/json      the serializer
 * property content_encoding  utf-8 or binary       for the peer, ignored when decoding
 * header   compression       applications/x-gzip   the compressor, absent for none
 * header   x-type-id         7                     the message type identifier, absent for none
 * </pre>
 */
public final class AmqpCodec implements WireTapped {

	/** Header that names the compression. */
	public static final String COMPRESSION = "compression";

	/** Header that holds the message type identifier, a number of any AMQP type. */
	public static final String TYPE_ID = "x-type-id";

	private static final int KNOWN = 64;

	private static final long LARGEST_TYPE = 0xFFFF_FFFFL;

	private final Codecs codecs;

	private final PayloadCodec own;

	private final PayloadCodec plain;

	private final String contentType;

	private final String contentEncoding;

	private final int compressionThreshold;

	private final int maxDecodedSize;

	private volatile @Nullable WireTap tap;

	/** Chains by content type and compression, as many as peers can name wrongly. */
	private final Map<String, PayloadCodec> known = new ConcurrentHashMap<>();

	/**
	 * Creates a chain.
	 * @param codecs finds what arriving messages name
	 * @param own what is sent, and how messages are decoded that name nothing
	 * @param compressionThreshold payloads of fewer bytes are not compressed
	 * @param maxDecodedSize how many bytes a payload may have after decompression
	 */
	public AmqpCodec(Codecs codecs, PayloadCodec own, int compressionThreshold, int maxDecodedSize) {
		this.codecs = codecs;
		this.own = own;
		this.plain = new PayloadCodec(own.serializer(), null, own.types(), maxDecodedSize);
		this.contentType = own.serializer().contentType().essence();
		this.contentEncoding = TextFormats.isText(own.serializer().contentType()) ? "utf-8" : "binary";
		this.compressionThreshold = compressionThreshold;
		this.maxDecodedSize = maxDecodedSize;
	}

	/** The message types that messages may bear. */
	public MessageTypes types() {
		return this.own.types();
	}

	/**
	 * Encodes a value.
	 * @param value a value, a {@link Message} whose headers are to travel, or
	 * {@code null} for an empty message
	 * @return the body and its content headers
	 * @throws CodecException if it cannot be encoded
	 */
	public AmqpContent encode(@Nullable Object value) {
		Map<String, @Nullable Object> headers = new HashMap<>();
		if (value instanceof Message<?> message) {
			message.headers().forEach((name, header) -> {
				if (!ReceivedHeaders.isOfDelivery(name)) {
					headers.put(name, HeaderValues.of(header));
				}
			});
		}
		int type = this.own.typeOf(value);
		if (type != MessageTypes.NONE) {
			headers.put(TYPE_ID, Integer.toUnsignedLong(type));
		}
		ByteBuf buffer = Scratch.acquire();
		try {
			this.plain.encode(value, type, buffer);
			byte[] body = body(buffer, headers);
			show(Direction.OUT, this.contentType, body);
			return new AmqpContent(body, this.contentType, this.contentEncoding, headers);
		}
		finally {
			Scratch.release(buffer);
		}
	}

	private byte[] body(ByteBuf plainBytes, Map<String, @Nullable Object> headers) {
		Compressor compressor = this.own.compressor();
		if (compressor == null || !plainBytes.isReadable() || plainBytes.readableBytes() < this.compressionThreshold) {
			return ByteBufUtil.getBytes(plainBytes);
		}
		headers.put(COMPRESSION, compressor.label());
		ByteBuf compressed = ByteBufAllocator.DEFAULT.heapBuffer();
		try {
			compressor.compress(plainBytes, compressed);
			return ByteBufUtil.getBytes(compressed);
		}
		finally {
			compressed.release();
		}
	}

	/**
	 * Decodes a message.
	 * @param properties its properties
	 * @param body its body
	 * @param target what the receiver wants
	 * @return the value, {@code null} for an empty body whose format has no empty value
	 * @throws CodecException if the body is corrupt or above the limit, or its headers
	 * name something unknown
	 */
	public @Nullable Object decode(AMQP.BasicProperties properties, byte[] body, Type target) {
		show(Direction.IN, properties.getContentType(), body);
		return chain(properties).decode(body, typeOf(properties), target);
	}

	/** Shows bodies only, as they are sent and received. */
	@Override
	public void tap(@Nullable WireTap newTap) {
		this.tap = newTap;
	}

	private void show(Direction direction, @Nullable String type, byte[] body) {
		WireTap current = this.tap;
		if (current != null) {
			current.passed(direction, "broker (%s)".formatted(type), Unpooled.wrappedBuffer(body));
		}
	}

	/** The message type identifier of a message, 0 for none. */
	public static int typeOf(AMQP.BasicProperties properties) {
		Object id = header(properties, TYPE_ID);
		if (id == null) {
			return MessageTypes.NONE;
		}
		if (id instanceof Long || id instanceof Integer || id instanceof Short || id instanceof Byte) {
			return typeOf(((Number) id).longValue());
		}
		try {
			return typeOf((id instanceof Number) ? new BigDecimal(id.toString()).longValueExact()
					: Long.parseLong(id.toString()));
		}
		catch (ArithmeticException | NumberFormatException ex) {
			throw new CodecException("amqp", "Header '%s' is no integer".formatted(TYPE_ID), ex);
		}
	}

	/** Peers write it with a sign or without. */
	private static int typeOf(long id) {
		if (id < Integer.MIN_VALUE || id > LARGEST_TYPE) {
			throw new CodecException("amqp", "Header '%s' is %d, which has more than 32 bits".formatted(TYPE_ID, id));
		}
		return (int) id;
	}

	public static @Nullable Object header(AMQP.BasicProperties properties, String name) {
		Map<String, Object> headers = properties.getHeaders();
		return (headers != null) ? headers.get(name) : null;
	}

	private PayloadCodec chain(AMQP.BasicProperties properties) {
		Object compression = header(properties, COMPRESSION);
		String type = properties.getContentType();
		if (compression == null && (type == null || type.equals(this.contentType))) {
			return this.plain;
		}
		String key = type + "\n" + compression;
		PayloadCodec chain = this.known.get(key);
		if (chain == null) {
			chain = this.codecs.payloadCodec((type != null) ? type : this.own.serializer().name(),
					(compression != null) ? compression.toString() : null, this.maxDecodedSize);
			if (this.known.size() < KNOWN) {
				this.known.put(key, chain);
			}
		}
		return chain;
	}

}

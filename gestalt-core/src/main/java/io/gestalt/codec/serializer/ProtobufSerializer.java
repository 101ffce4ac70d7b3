package io.gestalt.codec.serializer;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.gestalt.codec.CodecException;
import io.gestalt.codec.MediaType;
import io.gestalt.codec.Serializer;
import io.gestalt.message.MessageTypes;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Protocol Buffers, by the classes that its compiler generates. The class is the target
 * if that is one, else the one that the message type identifier stands for.
 */
public final class ProtobufSerializer implements Serializer {

	private static final String NAME = "protobuf";

	private static final MediaType CONTENT_TYPE = new MediaType("application", "vnd.google.protobuf");

	private static final ClassValue<MessageLite> DEFAULTS = new ClassValue<>() {

		@Override
		protected MessageLite computeValue(Class<?> type) {
			return defaultInstance(type);
		}

	};

	private final MessageTypes types;

	/**
	 * Creates the serializer.
	 * @param types names the class behind a message type identifier
	 */
	public ProtobufSerializer(MessageTypes types) {
		this.types = types;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public MediaType contentType() {
		return CONTENT_TYPE;
	}

	@Override
	public void write(Object value, int typeId, ByteBuf out) {
		if (!(value instanceof MessageLite message)) {
			throw CodecException.unwritable(NAME, value, "it is no generated message");
		}
		try {
			int size = message.getSerializedSize();
			out.ensureWritable(size);
			ByteBuffer room = out.nioBuffer(out.writerIndex(), size);
			CodedOutputStream stream = CodedOutputStream.newInstance(room);
			message.writeTo(stream);
			stream.flush();
			out.writerIndex(out.writerIndex() + size);
		}
		catch (IOException | RuntimeException | StackOverflowError ex) {
			throw CodecException.unwritable(NAME, value, ex);
		}
	}

	@Override
	public @Nullable Object read(ByteBuf in, int typeId, Type target) {
		MessageLite empty = emptyMessage(typeId, target);
		return SerializationStreams.read(NAME, in, (bytes, offset, length) -> {
			CodedInputStream stream = CodedInputStream.newInstance(bytes, offset, length);
			Object message = empty.getParserForType().parseFrom(stream);
			stream.checkLastTagWas(0);
			return message;
		});
	}

	@Override
	public Object empty(int typeId, Type target) {
		return emptyMessage(typeId, target);
	}

	private MessageLite emptyMessage(int typeId, Type target) {
		Class<?> type = messageClass(target);
		if (type == null) {
			type = messageClass(this.types.find(typeId));
		}
		if (type == null) {
			throw CodecException.unreadable(NAME,
					"neither the target '%s' nor message type %s names a generated message"
						.formatted(target.getTypeName(), Integer.toUnsignedString(typeId)));
		}
		return DEFAULTS.get(type);
	}

	private static @Nullable Class<?> messageClass(@Nullable Type type) {
		return (type instanceof Class<?> candidate && MessageLite.class.isAssignableFrom(candidate)
				&& !Modifier.isAbstract(candidate.getModifiers())) ? candidate : null;
	}

	private static MessageLite defaultInstance(Class<?> type) {
		try {
			Method method = type.getMethod("getDefaultInstance");
			return (MessageLite) method.invoke(null);
		}
		catch (ReflectiveOperationException | ClassCastException ex) {
			throw CodecException.unreadable(NAME, "'%s' is no generated message".formatted(type.getTypeName()));
		}
	}

}

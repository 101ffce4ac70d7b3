package io.gestalt.codec.serializer;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import io.gestalt.codec.CodecException;
import io.gestalt.codec.MediaType;
import io.gestalt.codec.Serializer;
import io.netty.buffer.ByteBuf;

/** Plain text in strict UTF-8 (RFC 3629): nothing is replaced, in neither direction. */
public final class TextSerializer implements Serializer {

	private static final String NAME = "text";

	private static final MediaType CONTENT_TYPE = new MediaType("text", "plain");

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
		if (!(value instanceof CharSequence text)) {
			throw CodecException.unwritable(NAME, value, "it is no CharSequence");
		}
		try {
			out.writeBytes(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
		}
		catch (CharacterCodingException ex) {
			throw CodecException.unwritable(NAME, value, ex);
		}
	}

	@Override
	public Object read(ByteBuf in, int typeId, Type target) {
		checkTarget(target);
		try {
			ByteBuffer bytes = in.nioBuffer();
			return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
		}
		catch (CharacterCodingException ex) {
			throw CodecException.unreadable(NAME, ex);
		}
	}

	@Override
	public Object empty(int typeId, Type target) {
		checkTarget(target);
		return "";
	}

	private static void checkTarget(Type target) {
		if (!(target instanceof Class<?> type && type.isAssignableFrom(String.class))) {
			throw CodecException.unreadable(NAME,
					"it cannot become '%s', only String, CharSequence or Object".formatted(target.getTypeName()));
		}
	}

}

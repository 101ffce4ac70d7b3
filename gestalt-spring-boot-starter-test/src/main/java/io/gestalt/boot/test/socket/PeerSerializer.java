package io.gestalt.boot.test.socket;

import java.lang.reflect.Type;
import java.util.function.Consumer;

import io.gestalt.codec.MediaType;
import io.gestalt.codec.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Lets a peer also send and receive bytes as they are, and tells of all that it receives.
 */
record PeerSerializer(Serializer serializer, Consumer<Raw> received) implements Serializer {

	@Override
	public String name() {
		return this.serializer.name();
	}

	@Override
	public MediaType contentType() {
		return this.serializer.contentType();
	}

	@Override
	public void write(Object value, int typeId, ByteBuf out) {
		if (value instanceof Raw raw) {
			out.writeBytes(raw.bytes());
		}
		else {
			this.serializer.write(value, typeId, out);
		}
	}

	@Override
	public @Nullable Object read(ByteBuf in, int typeId, Type target) {
		Raw raw = new Raw(ByteBufUtil.getBytes(in), typeId);
		this.received.accept(raw);
		return target.equals(Raw.class) ? raw : this.serializer.read(in, typeId, target);
	}

	@Override
	public @Nullable Object empty(int typeId, Type target) {
		Raw raw = new Raw(new byte[0], typeId);
		this.received.accept(raw);
		return target.equals(Raw.class) ? raw : this.serializer.empty(typeId, target);
	}

}

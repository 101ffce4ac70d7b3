package io.gestalt.boot.test.record;

import java.lang.reflect.Type;

import io.gestalt.codec.MediaType;
import io.gestalt.codec.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/** Notes what is decoded for whoever handles it, and records what cannot be. */
record RecordingSerializer(String endpoint, Serializer serializer, Recorder recorder) implements Serializer {

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
		this.serializer.write(value, typeId, out);
	}

	@Override
	public @Nullable Object read(ByteBuf in, int typeId, Type target) {
		byte[] raw = ByteBufUtil.getBytes(in);
		try {
			Object value = this.serializer.read(in, typeId, target);
			note(raw);
			return value;
		}
		catch (RuntimeException ex) {
			this.recorder.undecodable(this.endpoint, raw, ex);
			throw ex;
		}
	}

	@Override
	public @Nullable Object read(byte[] bytes, int typeId, Type target) {
		try {
			Object value = this.serializer.read(bytes, typeId, target);
			note(bytes);
			return value;
		}
		catch (RuntimeException ex) {
			this.recorder.undecodable(this.endpoint, bytes, ex);
			throw ex;
		}
	}

	@Override
	public @Nullable Object empty(int typeId, Type target) {
		note(new byte[0]);
		return this.serializer.empty(typeId, target);
	}

	private void note(byte[] raw) {
		if (!this.recorder.isNotedByOthers(this.endpoint)) {
			this.recorder.note(this.endpoint, raw);
		}
	}

}

package io.gestalt.codec.avro;

import java.io.IOException;

import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.reflect.ReflectDatumWriter;
import org.jspecify.annotations.Nullable;

/** Writes one datum, nested up to a limit, so that a value within itself does no harm. */
final class AvroWriter extends ReflectDatumWriter<@Nullable Object> {

	private static final int MAX_DEPTH = 100;

	private int depth;

	AvroWriter(Schema schema, AvroModel model) {
		super(schema, model);
	}

	@Override
	protected void writeRecord(Schema schema, Object datum, Encoder out) throws IOException {
		if (++this.depth > MAX_DEPTH) {
			throw new IOException("nesting exceeds the limit of %d levels".formatted(MAX_DEPTH));
		}
		super.writeRecord(schema, datum, out);
		this.depth--;
	}

}

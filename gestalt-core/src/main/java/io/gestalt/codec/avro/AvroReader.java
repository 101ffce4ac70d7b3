package io.gestalt.codec.avro;

import java.io.IOException;
import java.util.ArrayList;

import io.gestalt.codec.CodecException;
import org.apache.avro.Schema;
import org.apache.avro.io.ResolvingDecoder;
import org.apache.avro.reflect.ReflectDatumReader;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** Reads one datum, records of Java among its values, nested up to a limit. */
final class AvroReader extends ReflectDatumReader<@Nullable Object> {

	private static final int MAX_DEPTH = 100;

	private int depth;

	AvroReader(Schema schema, AvroModel model) {
		super(schema, schema, model);
	}

	/** The hint of a class is absent where {@link AvroModel} made the schema. */
	@Override
	protected Object newArray(@Nullable Object old, int size, Schema schema) {
		boolean hinted = schema.getProp(SpecificData.CLASS_PROP) != null;
		return hinted ? super.newArray(null, size, schema) : new ArrayList<>();
	}

	/**
	 * Only named types can contain themselves, so that records are all one must count.
	 */
	@Override
	protected Object readRecord(@Nullable Object old, Schema expected, ResolvingDecoder in) throws IOException {
		if (++this.depth > MAX_DEPTH) {
			throw CodecException.tooDeep("avro", MAX_DEPTH);
		}
		Object value = super.readRecord(null, expected, in);
		this.depth--;
		return (value instanceof RecordDraft draft) ? draft.toRecord() : value;
	}

	@Override
	protected void readField(Object record, Schema.Field field, @Nullable Object oldDatum, ResolvingDecoder in,
			@Nullable Object state) throws IOException {
		try {
			super.readField(record, field, null, in, state);
		}
		catch (CodecException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new IOException("field '%s': %s".formatted(field.name(), ex.getMessage()), ex);
		}
	}

}

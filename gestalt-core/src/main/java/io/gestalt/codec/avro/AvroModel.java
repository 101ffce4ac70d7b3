package io.gestalt.codec.avro;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.reflect.ReflectData;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one schema look in Java when the receiver wants one type: as
 * generated classes, plain classes and records where their fields bear the schema's
 * names, else as generic records.
 */
final class AvroModel extends ReflectData.AllowNull {

	private final Map<String, Class<?>> classes = new HashMap<>();

	private AvroModel() {
	}

	AvroModel(Schema schema, Type type) {
		setFastReaderEnabled(false);
		bind(schema, type);
		if (type instanceof Class<?> target && SpecificRecord.class.isAssignableFrom(target)) {
			SpecificData.getForClass(target).getConversions().forEach(this::addLogicalTypeConversion);
		}
	}

	/**
	 * Leaves out the names of Java's own classes, which Avro's reader would not trust.
	 */
	@Override
	protected Schema createSchema(Type type, Map<String, Schema> names) {
		if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
			Type[] arguments = generic.getActualTypeArguments();
			if (Collection.class.isAssignableFrom(raw)) {
				return Schema.createArray(createSchema(arguments[0], names));
			}
			if (Map.class.isAssignableFrom(raw) && arguments[0] == String.class) {
				return Schema.createMap(createSchema(arguments[1], names));
			}
		}
		return super.createSchema(type, names);
	}

	/** The schema that a class tells or that is derived from its fields. */
	static Schema schemaOf(Class<?> type) {
		return SpecificRecord.class.isAssignableFrom(type) ? SpecificData.get().getSchema(type)
				: new AvroModel().getSchema(type);
	}

	@Override
	public @Nullable Class<?> getClass(Schema schema) {
		Class<?> bound = isNamed(schema) ? this.classes.get(schema.getFullName()) : null;
		if (bound != null) {
			return bound;
		}
		return isNamed(schema) ? null : super.getClass(schema);
	}

	@Override
	public Object newRecord(@Nullable Object old, Schema schema) {
		Class<?> type = getClass(schema);
		return (type != null && type.isRecord()) ? new RecordDraft(schema, type) : super.newRecord(old, schema);
	}

	@Override
	protected @Nullable Object getRecordState(Object datum, Schema schema) {
		return (datum instanceof IndexedRecord) ? null : super.getRecordState(datum, schema);
	}

	/** A schema and a class may have different names, yet mean each other. */
	@Override
	public int resolveUnion(Schema union, @Nullable Object datum) {
		if (datum != null && isRecord(datum) && !(datum instanceof IndexedRecord)) {
			List<Schema> branches = union.getTypes();
			for (int index = 0; index < branches.size(); index++) {
				if (branches.get(index).getType() == Schema.Type.RECORD
						&& getClass(branches.get(index)) == datum.getClass()) {
					return index;
				}
			}
		}
		return super.resolveUnion(union, datum);
	}

	private static boolean isNamed(Schema schema) {
		return switch (schema.getType()) {
			case RECORD, ENUM, FIXED -> true;
			default -> false;
		};
	}

	private void bind(Schema schema, Type type) {
		switch (schema.getType()) {
			case UNION -> schema.getTypes().forEach((branch) -> bind(branch, type));
			case ARRAY -> bind(schema.getElementType(), contentOf(type, 0));
			case MAP -> bind(schema.getValueType(), contentOf(type, 1));
			case RECORD -> bindRecord(schema, type);
			case ENUM, FIXED -> {
				if (type instanceof Class<?> named && (named.isEnum() || named.getSuperclass() != null)) {
					this.classes.putIfAbsent(schema.getFullName(), named);
				}
			}
			default -> {
			}
		}
	}

	private void bindRecord(Schema schema, Type type) {
		if (!(type instanceof Class<?> target) || !isBean(target)
				|| this.classes.putIfAbsent(schema.getFullName(), target) != null) {
			return;
		}
		for (Schema.Field field : schema.getFields()) {
			bind(field.schema(), typeOf(target, field.name()));
		}
	}

	private static boolean isBean(Class<?> type) {
		return !type.isInterface() && type != Object.class
				&& (SpecificRecord.class.isAssignableFrom(type) || !GenericRecord.class.isAssignableFrom(type));
	}

	private static Type typeOf(Class<?> owner, String field) {
		for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
			for (Field candidate : type.getDeclaredFields()) {
				if (candidate.getName().equals(field)) {
					return candidate.getGenericType();
				}
			}
		}
		return Object.class;
	}

	private static Type contentOf(Type type, int position) {
		if (type instanceof ParameterizedType generic && generic.getActualTypeArguments().length > position) {
			return generic.getActualTypeArguments()[position];
		}
		return (type instanceof Class<?> array && array.isArray()) ? array.getComponentType() : Object.class;
	}

}

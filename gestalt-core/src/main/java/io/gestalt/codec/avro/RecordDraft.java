package io.gestalt.codec.avro;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** The fields of a Java record while they arrive, since it can only be made with all. */
final class RecordDraft implements IndexedRecord {

	private static final ClassValue<Shape> SHAPES = new ClassValue<>() {

		@Override
		protected Shape computeValue(Class<?> type) {
			return Shape.of(type);
		}

	};

	private final Schema schema;

	private final Shape shape;

	private final @Nullable Object[] arguments;

	RecordDraft(Schema schema, Class<?> type) {
		this.schema = schema;
		this.shape = SHAPES.get(type);
		this.arguments = this.shape.defaults().toArray();
	}

	@Override
	public Schema getSchema() {
		return this.schema;
	}

	@Override
	public void put(int index, @Nullable Object value) {
		Integer position = this.shape.positions().get(this.schema.getFields().get(index).name());
		if (position != null && (value != null || this.arguments[position] == null)) {
			this.arguments[position] = this.shape.fitted(position, value);
		}
	}

	@Override
	public @Nullable Object get(int index) {
		Integer position = this.shape.positions().get(this.schema.getFields().get(index).name());
		return (position != null) ? this.arguments[position] : null;
	}

	Object toRecord() {
		try {
			return this.shape.constructor().newInstance(this.arguments);
		}
		catch (InvocationTargetException ex) {
			throw new AvroRuntimeException(String.valueOf(ex.getCause()), ex.getCause());
		}
		catch (ReflectiveOperationException | IllegalArgumentException ex) {
			throw new AvroRuntimeException(ex);
		}
	}

	private record Shape(Constructor<?> constructor, Map<String, Integer> positions, List<@Nullable Object> defaults) {

		private static Shape of(Class<?> type) {
			RecordComponent[] components = type.getRecordComponents();
			Class<?>[] parameters = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
			Map<String, Integer> positions = new HashMap<>();
			for (int index = 0; index < components.length; index++) {
				positions.put(components[index].getName(), index);
			}
			try {
				Constructor<?> constructor = type.getDeclaredConstructor(parameters);
				constructor.setAccessible(true);
				return new Shape(constructor, positions, defaults(parameters));
			}
			catch (NoSuchMethodException ex) {
				throw new AvroRuntimeException(ex);
			}
		}

		private static List<@Nullable Object> defaults(Class<?>[] parameters) {
			@Nullable Object[] defaults = new @Nullable Object[parameters.length];
			for (int index = 0; index < parameters.length; index++) {
				if (parameters[index].isPrimitive()) {
					defaults[index] = java.lang.reflect.Array.get(Array.newInstance(parameters[index], 1), 0);
				}
				else if (parameters[index] == Optional.class) {
					defaults[index] = Optional.empty();
				}
			}
			return Arrays.asList(defaults);
		}

		private @Nullable Object fitted(int position, @Nullable Object value) {
			Class<?> type = this.constructor.getParameterTypes()[position];
			if (type == Optional.class) {
				return Optional.ofNullable(value);
			}
			return (value instanceof Collection<?> values && type.isAssignableFrom(LinkedHashSet.class)
					&& !type.isInstance(value)) ? new LinkedHashSet<>(values) : value;
		}

	}

}

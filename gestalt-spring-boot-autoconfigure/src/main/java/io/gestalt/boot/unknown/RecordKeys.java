package io.gestalt.boot.unknown;

import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/** Reads from records which keys are bound to them. */
final class RecordKeys {

	private RecordKeys() {
	}

	static KnownKeys of(ResolvableType type) {
		return of(type, Set.of());
	}

	private static KnownKeys of(ResolvableType type, Set<Class<?>> around) {
		Class<?> raw = type.resolve(Object.class);
		if (raw.isRecord()) {
			return around.contains(raw) ? KnownKeys.ANY : components(raw, around);
		}
		if (type.isArray() || Collection.class.isAssignableFrom(raw)) {
			ResolvableType element = type.isArray() ? type.getComponentType() : type.asCollection().getGeneric(0);
			return KnownKeys.ofAnyName(of(element, around));
		}
		if (Map.class.isAssignableFrom(raw)) {
			ResolvableType value = type.asMap().getGeneric(1);
			return isRecord(value) ? KnownKeys.ofAnyName(of(value, around)) : KnownKeys.ANY;
		}
		return isText(raw) ? KnownKeys.NONE : KnownKeys.ANY;
	}

	private static boolean isRecord(ResolvableType type) {
		return type.resolve(Object.class).isRecord();
	}

	private static boolean isText(Class<?> type) {
		return type != Object.class && ApplicationConversionService.getSharedInstance().canConvert(String.class, type);
	}

	private static KnownKeys components(Class<?> record, Set<Class<?>> around) {
		Set<Class<?>> inside = new HashSet<>(around);
		inside.add(record);
		RecordComponent[] components = record.getRecordComponents();
		Constructor<?> constructor = constructor(record, components);
		Map<String, KnownKeys> keys = new LinkedHashMap<>();
		for (int i = 0; i < components.length; i++) {
			keys.put(name(components[i], constructor.getParameters()[i]),
					of(ResolvableType.forConstructorParameter(constructor, i), inside));
		}
		return KnownKeys.ofFixedNames(keys);
	}

	private static Constructor<?> constructor(Class<?> record, RecordComponent[] components) {
		Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
		try {
			return ReflectionUtils.accessibleConstructor(record, types);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String name(RecordComponent component, Parameter parameter) {
		Name name = parameter.getAnnotation(Name.class);
		return (name != null) ? name.value() : DataObjectPropertyName.toDashedForm(component.getName());
	}

}

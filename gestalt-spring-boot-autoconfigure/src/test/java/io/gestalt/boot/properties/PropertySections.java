package io.gestalt.boot.properties;

import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.util.StringUtils;

/** Collects the properties of a record and of the records within it. */
final class PropertySections {

	private static final Pattern DEFAULT = Pattern
		.compile(" \\(default ([^,) ]+)(?:, for UDP ([^:)]+)(?:: [^)]+)?)?\\)");

	private final boolean udp;

	private final List<DocumentedProperty> properties = new ArrayList<>();

	private PropertySections(boolean udp) {
		this.udp = udp;
	}

	/**
	 * Collects the properties under a prefix.
	 * @param prefix where they are
	 * @param record what is bound there
	 * @param builtIn holds the defaults, {@code null} if there are none
	 */
	static List<DocumentedProperty> collect(String prefix, Class<?> record, @Nullable Object builtIn) {
		PropertySections sections = new PropertySections(builtIn == DefaultsProperties.BUILT_IN_FOR_UDP);
		sections.add(prefix, record, builtIn);
		return sections.properties;
	}

	private void add(String prefix, Class<?> record, @Nullable Object builtIn) {
		Map<String, String> sentences = RecordSource.sentences(record);
		RecordComponent[] components = record.getRecordComponents();
		Parameter[] parameters = record.getDeclaredConstructors()[0].getParameters();
		for (int i = 0; i < components.length; i++) {
			Name name = parameters[i].getAnnotation(Name.class);
			String path = prefix + "."
					+ ((name != null) ? name.value() : DataObjectPropertyName.toDashedForm(components[i].getName()));
			Object value = value(components[i], parameters[i], builtIn);
			if (components[i].getType().isRecord()) {
				add(path, components[i].getType(), value);
			}
			else if (components[i].getType() != Map.class) {
				add(path, components[i], sentences.getOrDefault(components[i].getName(), ""), annotated(parameters[i]),
						value);
			}
		}
	}

	private void add(String path, RecordComponent component, String sentence, @Nullable String annotated,
			@Nullable Object value) {
		Matcher matcher = DEFAULT.matcher(sentence);
		String text = annotated;
		if (matcher.find()) {
			text = (this.udp && matcher.group(2) != null) ? matcher.group(2) : matcher.group(1);
		}
		String description = StringUtils.capitalize(matcher.replaceFirst(""));
		this.properties.add(new DocumentedProperty(path, component.getGenericType(),
				description.isEmpty() ? "" : description + ".", text, value));
	}

	private static @Nullable String annotated(Parameter parameter) {
		DefaultValue annotation = parameter.getAnnotation(DefaultValue.class);
		return (annotation != null && annotation.value().length == 1 && !annotation.value()[0].isEmpty())
				? annotation.value()[0] : null;
	}

	private static @Nullable Object value(RecordComponent component, Parameter parameter, @Nullable Object builtIn) {
		String annotated = annotated(parameter);
		if (annotated != null) {
			return ApplicationConversionService.getSharedInstance().convert(annotated, component.getType());
		}
		if (builtIn == null) {
			return null;
		}
		try {
			return builtIn.getClass().getMethod(component.getName()).invoke(builtIn);
		}
		catch (NoSuchMethodException ex) {
			return null;
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

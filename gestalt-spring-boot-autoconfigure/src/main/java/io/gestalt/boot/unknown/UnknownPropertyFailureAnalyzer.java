package io.gestalt.boot.unknown;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Suggests the property that was probably meant, or names the feature that is missing.
 */
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnknownPropertyException> {

	private static final Set<String> FEATURES = Set.of("amqp", "console", "flow", "service", "socket", "tcp", "timer",
			"udp");

	/** Those whose libraries the first starter does not bring. */
	private static final Map<String, String> STARTERS = Map.of("amqp", "io.gestalt:gestalt-spring-boot-starter-amqp");

	private static final String ROOT = "gestalt";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownPropertyException cause) {
		List<UnknownProperty> properties = cause.properties();
		return new FailureAnalysis(lines(properties.stream().map(UnknownPropertyFailureAnalyzer::description).toList()),
				lines(properties.stream().map(UnknownPropertyFailureAnalyzer::action).distinct().toList()), cause);
	}

	private static String lines(List<String> lines) {
		return String.join(System.lineSeparator(), lines);
	}

	private static String description(UnknownProperty property) {
		String problem = "is unknown";
		if (isOfFeature(property)) {
			problem = isPresent(property) ? "belongs to a feature that is not active in this application"
					: "belongs to a feature that this version of Gestalt does not have";
		}
		return "%s %s.".formatted(property, problem);
	}

	private static String action(UnknownProperty property) {
		if (isOfFeature(property)) {
			return isPresent(property) ? activate(property) : remove(property);
		}
		String known = property.known().isEmpty() ? "'%s' has no keys below it.".formatted(property.parent())
				: "Known under '%s' are %s.".formatted(property.parent(),
						property.known().stream().collect(Collectors.joining(", ")));
		return property.suggestion().map((name) -> "Did you mean '%s'? ".formatted(name)).orElse("") + known;
	}

	private static String activate(UnknownProperty property) {
		String starter = STARTERS.get(property.rest().get(0));
		String library = (starter != null) ? "'%s'".formatted(starter)
				: "the library that '%s' needs".formatted(property.branch());
		return "Add %s, or do not exclude '%s': ".formatted(library, autoConfiguration(property))
				+ "the report that '--debug' prints says which it is. Else remove the properties under '%s'."
					.formatted(property.branch());
	}

	private static String remove(UnknownProperty property) {
		return "Remove the properties under '%s', or use a version of Gestalt that has the feature."
			.formatted(property.branch());
	}

	private static boolean isOfFeature(UnknownProperty property) {
		return property.parent().equals(ROOT) && FEATURES.contains(property.rest().get(0));
	}

	private static boolean isPresent(UnknownProperty property) {
		return ClassUtils.isPresent(autoConfiguration(property), null);
	}

	private static String autoConfiguration(UnknownProperty property) {
		String feature = property.rest().get(0);
		return "io.gestalt.boot.%s.%sAutoConfiguration".formatted(feature, StringUtils.capitalize(feature));
	}

}

package io.gestalt.boot.support;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Explains an {@link InvalidPropertyException}, and where the property was set. */
final class InvalidPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPropertyException> {

	private final Environment environment;

	InvalidPropertyFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertyException cause) {
		StringBuilder description = new StringBuilder();
		if (cause.value() != null) {
			description.append("Property '%s' has the value '%s'".formatted(cause.property(), cause.value()));
			description.append(origin(cause.property()));
		}
		else {
			description.append("Property '%s' is not set".formatted(cause.property()));
		}
		description.append(": %s.".formatted(cause.reason()));
		return new FailureAnalysis(description.toString(), String.join(System.lineSeparator(), cause.actions()), cause);
	}

	private String origin(String property) {
		ConfigurationProperty found = find(ConfigurationPropertyName.adapt(property, '.'));
		return (found != null && found.getOrigin() != null) ? " (from %s)".formatted(found.getOrigin()) : "";
	}

	private @Nullable ConfigurationProperty find(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

}

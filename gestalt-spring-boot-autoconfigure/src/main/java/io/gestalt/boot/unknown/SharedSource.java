package io.gestalt.boot.unknown;

import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Knows what others write into system properties and environment variables: build tools,
 * images, and Kubernetes for a service whose name begins with 'gestalt'.
 */
final class SharedSource {

	private static final Pattern SEPARATORS = Pattern.compile("[.\\[\\]]+");

	private static final Pattern SERVICE_VARIABLE = Pattern
		.compile(".*_(service_(host|port)(_.+)?|port_\\d+_(tcp|udp|sctp)(_.+)?)");

	private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.+");

	private SharedSource() {
	}

	static boolean is(ConfigurationPropertySource source) {
		if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource) {
			return true;
		}
		return source.getUnderlyingSource() instanceof PropertySource<?> properties
				&& properties.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
	}

	/** Whether Kubernetes tells with it where a service is, as Docker's links did. */
	static boolean isServiceLink(UnknownProperty property) {
		String variable = SEPARATORS.matcher(property.name()).replaceAll("_");
		return SERVICE_VARIABLE.matcher(variable).matches()
				|| SERVICE_ADDRESS.matcher(String.valueOf(property.value())).matches();
	}

}

package io.gestalt.boot.endpoint;

import io.gestalt.boot.properties.EndpointProperties;
import io.gestalt.boot.properties.PropertyLayers;
import io.gestalt.boot.support.Words;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * What the configuration says of an endpoint, for people to read.
 *
 * @param name name of the endpoint
 * @param property where its properties are, {@code null} for an endpoint that the
 * application defines as a bean
 * @param role which side it is
 * @param place where a client goes, or a server gets its messages from, {@code null} for
 * a server that listens
 * @param activity what it does while it works, in one word such as {@code listening}
 * @param traits framing, codec, limits and TLS
 * @param required whether the application is ready only while the endpoint is
 * @param autoStartup whether it opens when the application starts
 */
public record EndpointDescription(String name, @Nullable String property, EndpointRole role, @Nullable String place,
		String activity, String traits, boolean required, boolean autoStartup) {

	/**
	 * Describes an endpoint by its properties.
	 * @param name name of the endpoint
	 * @param role which side it is
	 * @param place where a client goes
	 * @param extra what only this kind of endpoint has
	 * @param properties the properties
	 */
	public static EndpointDescription of(String name, EndpointRole role, @Nullable String place, String extra,
			PropertyLayers properties) {
		return new EndpointDescription(name, properties.prefix(), role, place, activity(role),
				traits(properties, extra), properties.get(EndpointProperties::required),
				properties.get(EndpointProperties::autoStartup));
	}

	static EndpointDescription of(Endpoint endpoint) {
		EndpointRole role = (endpoint instanceof TcpClientEndpoint) ? EndpointRole.CLIENT : EndpointRole.SERVER;
		return new EndpointDescription(endpoint.name(), null, role, null, activity(role), "defined by the application",
				true, true);
	}

	/** The same, but with another word for what it does. */
	public EndpointDescription activity(String word) {
		return new EndpointDescription(this.name, this.property, this.role, this.place, word, this.traits,
				this.required, this.autoStartup);
	}

	EndpointDescription autoStartup(boolean enabled) {
		return new EndpointDescription(this.name, this.property, this.role, this.place, this.activity, this.traits,
				this.required, enabled);
	}

	private static String activity(EndpointRole role) {
		return (role == EndpointRole.SERVER) ? "listening" : "connected";
	}

	private static String traits(PropertyLayers properties, String extra) {
		String compression = properties.get((from) -> from.codec().compression());
		String codec = properties.get((from) -> from.codec().serializer())
				+ (compression.equalsIgnoreCase("none") ? "" : " with " + compression);
		String bundle = properties.find((from) -> from.ssl().bundle());
		return "%s, %s, messages up to %s, %s%s".formatted(framing(properties), codec,
				Words.size(properties.get((from) -> from.limits().maxFrameSize())), extra,
				StringUtils.hasText(bundle) ? ", TLS with bundle '%s'".formatted(bundle) : "");
	}

	private static String framing(PropertyLayers properties) {
		String bean = properties.find((from) -> from.framing().codec());
		boolean typeIsNearer = properties.own().framing().type() != null;
		return (bean != null && !typeIsNearer) ? "framing '%s'".formatted(bean)
				: Words.constant(properties.get((from) -> from.framing().type()));
	}

}

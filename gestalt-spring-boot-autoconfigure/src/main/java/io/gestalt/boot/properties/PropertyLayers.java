package io.gestalt.boot.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.gestalt.boot.support.InvalidPropertyException;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one endpoint: its own, else those under {@code gestalt.defaults},
 * else the built-in ones, each value by itself.
 */
public final class PropertyLayers {

	private static final String DEFAULTS = "gestalt.defaults";

	private final String prefix;

	private final EndpointProperties own;

	private final EndpointProperties defaults;

	private final EndpointProperties builtIn;

	/**
	 * Layers properties.
	 * @param prefix where the endpoint's own properties are, such as
	 * {@code gestalt.tcp.server.orders}
	 * @param own the endpoint's own properties
	 * @param defaults the properties under {@code gestalt.defaults}
	 * @param builtIn what holds if neither says anything
	 */
	public PropertyLayers(String prefix, EndpointProperties own, EndpointProperties defaults,
			EndpointProperties builtIn) {
		this.prefix = prefix;
		this.own = own;
		this.defaults = defaults;
		this.builtIn = builtIn;
	}

	/** Where the endpoint's own properties are. */
	public String prefix() {
		return this.prefix;
	}

	/** What the endpoint itself says. */
	public EndpointProperties own() {
		return this.own;
	}

	/** A value that nobody needs to give. */
	public <T> @Nullable T find(Function<EndpointProperties, @Nullable T> property) {
		for (EndpointProperties layer : List.of(this.own, this.defaults, this.builtIn)) {
			T value = property.apply(layer);
			if (value != null) {
				return value;
			}
		}
		return null;
	}

	/** A value that has a built-in default. */
	public <T> T get(Function<EndpointProperties, @Nullable T> property) {
		return Objects.requireNonNull(find(property));
	}

	/**
	 * The full name of the property that decides.
	 * @param path its name behind the prefix, such as {@code codec.serializer}
	 * @param property how it is read
	 */
	public String nameOf(String path, Function<EndpointProperties, ? extends @Nullable Object> property) {
		boolean inherited = property.apply(this.own) == null && property.apply(this.defaults) != null;
		return (inherited ? DEFAULTS : this.prefix) + "." + path;
	}

	/**
	 * A value that has a built-in default and must be within bounds.
	 * @param path name of the property behind the prefix
	 * @param property how it is read
	 * @param valid whether a value is within its bounds
	 * @param reason what is wrong if it is not, a sentence without its stop
	 * @param actions ways out
	 * @throws InvalidPropertyException if it is not valid
	 */
	public <T> T get(String path, Function<EndpointProperties, @Nullable T> property, Predicate<T> valid, String reason,
			String... actions) {
		T value = get(property);
		if (!valid.test(value)) {
			throw invalid(path, property, reason, actions);
		}
		return value;
	}

	/**
	 * Creates a value out of properties which may refuse each other.
	 * @param path name of the property behind the prefix
	 * @param property how it is read
	 * @param factory creates the value
	 * @param actions ways out
	 * @throws InvalidPropertyException if the factory throws an
	 * {@link IllegalArgumentException}
	 */
	public <T> T build(String path, Function<EndpointProperties, ? extends @Nullable Object> property,
			Supplier<T> factory, String... actions) {
		try {
			return factory.get();
		}
		catch (IllegalArgumentException ex) {
			throw invalid(path, property, String.valueOf(ex.getMessage()), actions);
		}
	}

	/**
	 * Refuses a property of the endpoint itself that could have no effect. Among the
	 * defaults it may be meant for others.
	 * @param path name of the property behind the prefix
	 * @param property how it is read
	 * @param reason why it has none, a sentence without its stop
	 * @param actions ways out
	 * @throws InvalidPropertyException if it is set
	 */
	public void reject(String path, Function<EndpointProperties, ? extends @Nullable Object> property, String reason,
			String... actions) {
		if (property.apply(this.own) != null) {
			throw invalid(path, property, reason, actions);
		}
	}

	/** Says what is wrong with a property. */
	public InvalidPropertyException invalid(String path,
			Function<EndpointProperties, ? extends @Nullable Object> property, String reason, String... actions) {
		List<String> ways = new ArrayList<>(List.of(actions));
		return new InvalidPropertyException(nameOf(path, property), find(property::apply), reason, ways);
	}

}

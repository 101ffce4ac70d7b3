package io.gestalt.boot.endpoint;

import io.gestalt.endpoint.Endpoint;

/**
 * A branch of the property tree under which endpoints are configured, or what else users
 * name.
 *
 * @param prefix the branch, such as {@code gestalt.tcp.server}
 * @param properties what is bound to each name below it
 * @param type what becomes of it
 * @param factoryBean name of the bean that makes it
 * @param factoryMethod method of that bean, which takes the name of the endpoint
 */
public record EndpointKind(String prefix, Class<?> properties, Class<?> type, String factoryBean,
		String factoryMethod) {

	/** What the name is followed by where another bean has taken it. */
	String suffix() {
		return Endpoint.class.isAssignableFrom(this.type) ? "Endpoint" : this.type.getSimpleName();
	}

}

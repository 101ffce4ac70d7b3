package io.gestalt.boot.test.autoconfigure;

import java.net.DatagramSocket;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * The properties that say where endpoints are, replaced by places of a test: servers
 * listen on free ports of loopback, UDP clients send to one, nobody uses TLS, what the
 * broker is to have is declared, and failed messages stay in memory.
 */
final class EndpointAddresses {

	private static final String TCP_SERVER = "gestalt.tcp.server";

	private static final String TCP_CLIENT = "gestalt.tcp.client";

	private static final String UDP_SERVER = "gestalt.udp.server";

	private static final String UDP_CLIENT = "gestalt.udp.client";

	private static final String LOOPBACK = "127.0.0.1";

	private static final String STORE = "gestalt.failed-messages.store";

	private static final String RABBIT = "org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration";

	private final Binder binder;

	private final Map<String, Object> replaced = new HashMap<>();

	private EndpointAddresses(Environment environment) {
		this.binder = Binder.get(environment);
	}

	/**
	 * Finds what is other in a test.
	 * @param environment how the endpoints are configured
	 * @param classLoader knows whether there is AMQP, without which its properties are
	 * unknown
	 */
	static Map<String, Object> replace(Environment environment, @Nullable ClassLoader classLoader) {
		EndpointAddresses addresses = new EndpointAddresses(environment);
		addresses.replace();
		if (ClassUtils.isPresent(RABBIT, classLoader)) {
			addresses.declare();
		}
		return addresses.replaced;
	}

	private void replace() {
		for (String server : names(TCP_SERVER)) {
			listen(TCP_SERVER, server);
			plain(TCP_SERVER, server);
			put(TCP_SERVER, server, "security.allow", "*");
		}
		for (String client : names(TCP_CLIENT)) {
			plain(TCP_CLIENT, client);
			keepTarget(client);
		}
		for (String server : names(UDP_SERVER)) {
			if (!this.binder.bind(key(UDP_SERVER, server, "multicast.group"), String.class).isBound()) {
				listen(UDP_SERVER, server);
			}
		}
		for (String client : names(UDP_CLIENT)) {
			put(UDP_CLIENT, client, "target", LOOPBACK + ":" + freePort());
		}
		if (this.binder.bind(STORE, String.class).isBound()) {
			this.replaced.put(STORE, "memory");
		}
	}

	private void declare() {
		this.replaced.put("gestalt.amqp.embedded.enabled", "false");
		this.replaced.put("gestalt.amqp.topology", "declare");
	}

	private Set<String> names(String prefix) {
		return this.binder.bind(prefix, Bindable.mapOf(String.class, Object.class)).orElse(Map.of()).keySet();
	}

	private void listen(String prefix, String name) {
		put(prefix, name, "address", LOOPBACK);
		put(prefix, name, "port", "0");
	}

	/** A target may be told by the port of a server, which is another one now. */
	private void keepTarget(String client) {
		this.binder.bind(key(TCP_CLIENT, client, "target"), String.class)
			.ifBound((target) -> put(TCP_CLIENT, client, "target", target));
	}

	private void plain(String prefix, String name) {
		if (this.binder.bind(key(prefix, name, "ssl.bundle"), String.class).isBound()) {
			put(prefix, name, "ssl.bundle", "");
		}
	}

	private void put(String prefix, String name, String property, String value) {
		this.replaced.put(key(prefix, name, property), value);
	}

	private static String key(String prefix, String name, String property) {
		boolean simple = name.chars().allMatch((letter) -> letter == '-' || Character.isLetterOrDigit(letter));
		return simple ? prefix + "." + name + "." + property : prefix + "[" + name + "]." + property;
	}

	private static int freePort() {
		try (DatagramSocket socket = new DatagramSocket()) {
			return socket.getLocalPort();
		}
		catch (SocketException ex) {
			throw new IllegalStateException("There is no free port", ex);
		}
	}

	/** Where the UDP client of a name sends, 0 if there is none of that name. */
	static int udpTarget(Environment environment, String name) {
		return Binder.get(environment)
			.bind(key(UDP_CLIENT, name, "target"), String.class)
			.map((target) -> Integer.parseInt(target.substring(target.lastIndexOf(':') + 1)))
			.orElse(0);
	}

}

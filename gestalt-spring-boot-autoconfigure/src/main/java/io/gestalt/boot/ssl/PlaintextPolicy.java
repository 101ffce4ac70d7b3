package io.gestalt.boot.ssl;

import java.net.InetSocketAddress;
import java.util.List;

import io.gestalt.boot.properties.PropertyLayers;
import io.gestalt.boot.support.Addresses;
import io.gestalt.boot.support.InvalidPropertyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that nobody listens in plain text without knowing. */
public final class PlaintextPolicy {

	private static final Logger logger = LoggerFactory.getLogger(PlaintextPolicy.class);

	private final boolean forbidden;

	/**
	 * Creates the policy.
	 * @param forbidden whether plain text is forbidden but on loopback addresses
	 */
	public PlaintextPolicy(boolean forbidden) {
		this.forbidden = forbidden;
	}

	/**
	 * Looks at an endpoint that listens in plain text.
	 * @param properties those of the endpoint
	 * @param address where it listens
	 * @param secure how it could be made secure, a sentence
	 * @throws InvalidPropertyException if that is forbidden
	 */
	public void check(PropertyLayers properties, InetSocketAddress address, String secure) {
		if (address.getAddress() != null && address.getAddress().isLoopbackAddress()) {
			return;
		}
		String property = properties.prefix() + ".address";
		if (this.forbidden) {
			throw new InvalidPropertyException(property, address.getHostString(),
					"it listens in plain text, which 'gestalt.security.forbid-plaintext' forbids",
					List.of(secure, "Set '%s' to 127.0.0.1 if it is for this machine alone.".formatted(property)));
		}
		logger.warn(
				"Whoever reaches {} can read and write what '{}' says in plain text. {} Set '{}' to 127.0.0.1 "
						+ "if it is for this machine alone",
				Addresses.text(address), properties.prefix(), secure, property);
	}

}

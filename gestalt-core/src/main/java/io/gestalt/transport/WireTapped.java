package io.gestalt.transport;

import org.jspecify.annotations.Nullable;

/**
 * Something whose bytes on the wire can be looked at; costs nothing while nobody does.
 */
public interface WireTapped {

	/**
	 * Shows all bytes from now on.
	 * @param tap is told of them, in place of the one before; {@code null} for nobody
	 */
	void tap(@Nullable WireTap tap);

}

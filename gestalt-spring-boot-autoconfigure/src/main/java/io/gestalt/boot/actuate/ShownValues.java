package io.gestalt.boot.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;

/**
 * Shows what tells of networks and people, or hides it, as Boot's own endpoints do.
 *
 * @param sanitizer asks the functions of the application
 * @param shown whether anything is shown at all
 */
public record ShownValues(Sanitizer sanitizer, boolean shown) {

	/**
	 * The value, or what is shown in its place.
	 * @param name name of the endpoint, or of what else it belongs to
	 * @param what what the value is, such as {@code principal}
	 * @param value the value
	 */
	public @Nullable Object of(String name, String what, @Nullable Object value) {
		return this.sanitizer.sanitize(new SanitizableData(null, "gestalt.%s.%s".formatted(name, what), value),
				this.shown);
	}

}

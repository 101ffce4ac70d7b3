package io.gestalt.boot.unknown;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.gestalt.boot.support.Similarity;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

/**
 * A property that nobody reads.
 *
 * @param name its full name
 * @param value what it says
 * @param origin where it was set, {@code null} if that is not known
 * @param parent the last part of its name that is known
 * @param rest the parts behind that
 * @param known what could have followed instead of them
 */
record UnknownProperty(String name, @Nullable Object value, @Nullable Origin origin, String parent, List<String> rest,
		List<String> known) {

	/** The part of the name that is wrong, and what is before it. */
	String branch() {
		return this.parent + "." + this.rest.get(0);
	}

	/** The name that was probably meant. */
	Optional<String> suggestion() {
		return corrected(1).or(() -> corrected(this.rest.size()));
	}

	/** Takes the first words of the rest as one, as 'send-timeout' may come in two. */
	private Optional<String> corrected(int words) {
		String wanted = String.join("-", this.rest.subList(0, words));
		return Similarity.closest(wanted, this.known)
			.map((key) -> String.join(".",
					Stream.concat(Stream.of(this.parent, key), this.rest.stream().skip(words)).toList()));
	}

	/** A sentence without its stop and its verb. */
	@Override
	public String toString() {
		return "Property '%s' with the value '%s'%s".formatted(this.name, this.value,
				(this.origin != null) ? " (from %s)".formatted(this.origin) : "");
	}

}

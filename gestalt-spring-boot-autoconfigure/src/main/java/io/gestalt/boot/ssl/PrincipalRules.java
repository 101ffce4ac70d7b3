package io.gestalt.boot.ssl;

import java.security.Principal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

import org.jspecify.annotations.Nullable;

/**
 * Rules for the distinguished names of peers (RFC 4514), one of which must hold. A rule
 * names attributes of which the peer's name has all, the case of their types being the
 * same; {@code *} in a value stands for any text.
 */
public final class PrincipalRules implements Predicate<@Nullable Principal> {

	private final List<List<Part>> rules;

	/**
	 * Reads rules.
	 * @param rules such as {@code CN=fleet-*,O=Example}
	 * @throws IllegalArgumentException if one of them is no name
	 */
	public PrincipalRules(Collection<String> rules) {
		this.rules = rules.stream().map(PrincipalRules::parse).toList();
	}

	private static List<Part> parse(String rule) {
		List<Part> parts = parts(rule);
		if (parts.isEmpty()) {
			throw new IllegalArgumentException("rule '%s' names no attribute".formatted(rule));
		}
		return parts;
	}

	private static List<Part> parts(String name) {
		List<Part> parts = new ArrayList<>();
		try {
			for (Rdn rdn : new LdapName(name).getRdns()) {
				for (Attribute attribute : Collections.list(rdn.toAttributes().getAll())) {
					for (Object value : Collections.list(attribute.getAll())) {
						parts.add(new Part(attribute.getID(), String.valueOf(value)));
					}
				}
			}
		}
		catch (InvalidNameException ex) {
			throw new IllegalArgumentException("'%s' is no distinguished name".formatted(name), ex);
		}
		catch (NamingException ex) {
			throw new IllegalStateException(ex);
		}
		return parts;
	}

	@Override
	public boolean test(@Nullable Principal principal) {
		if (principal == null) {
			return false;
		}
		List<Part> name;
		try {
			name = parts(principal.getName());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
		return this.rules.stream().anyMatch((rule) -> rule.stream().allMatch((part) -> part.isIn(name)));
	}

	/**
	 * One attribute.
	 *
	 * @param type such as CN
	 * @param value its text; in rules a pattern
	 */
	private record Part(String type, String value) {

		boolean isIn(List<Part> name) {
			Pattern pattern = Pattern.compile(
					String.join(".*", List.of(this.value.split("\\*", -1)).stream().map(Pattern::quote).toList()),
					Pattern.DOTALL);
			return name.stream()
				.anyMatch((part) -> part.type.equalsIgnoreCase(this.type) && pattern.matcher(part.value).matches());
		}

	}

}

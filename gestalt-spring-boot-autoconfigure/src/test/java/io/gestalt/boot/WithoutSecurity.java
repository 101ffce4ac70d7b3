package io.gestalt.boot;

/** What an application leaves out to be open to everybody. */
public final class WithoutSecurity {

	private static final String PACKAGE = "org.springframework.boot.security.autoconfigure.";

	/** A value of {@code spring.autoconfigure.exclude}. */
	public static final String EXCLUDED = PACKAGE + "web.servlet.ServletWebSecurityAutoConfiguration," + PACKAGE
			+ "web.servlet.SecurityFilterAutoConfiguration," + PACKAGE + "UserDetailsServiceAutoConfiguration,"
			+ PACKAGE + "actuate.web.servlet.ManagementWebSecurityAutoConfiguration";

	private WithoutSecurity() {
	}

}

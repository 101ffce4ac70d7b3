package io.gestalt.boot.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Tests listeners, clients and timers of an application with its endpoints as they are
 * configured, but for where they listen and connect: at the other end of each of them is
 * the test, by an {@link io.gestalt.boot.test.EndpointTester}. Of the components that are
 * scanned for there are only those with {@code @GestaltListener}, {@code @GestaltHandler}
 * or {@code @GestaltTimer} methods, framings and codecs; what these need is imported or
 * mocked.
 *
 * <p>
 * Messages pass through real framings and codecs over connections in memory; with the
 * property {@code gestalt.test.transport=live} over real sockets and a RabbitMQ.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(GestaltTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(GestaltTypeExcludeFilter.class)
@AutoConfigureGestalt
@ImportAutoConfiguration
public @interface GestaltTest {

	/** Properties in the form {@code key=value} that are added to the environment. */
	String[] properties() default {};

	/**
	 * The only components with listeners or timers that are there; all of them if none is
	 * named.
	 */
	@AliasFor("listeners")
	Class<?>[] value() default {};

	/**
	 * The only components with listeners or timers that are there; all of them if none is
	 * named.
	 */
	@AliasFor("value")
	Class<?>[] listeners() default {};

	/** Whether the components that are named above are there by default. */
	boolean useDefaultFilters() default true;

	/** Components that are there, too. */
	Filter[] includeFilters() default {};

	/** Components that are not there. */
	Filter[] excludeFilters() default {};

	/** Auto-configurations that are left out. */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}

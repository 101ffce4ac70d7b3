package io.gestalt.boot.test.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Knows the properties of tests in those tests, too, that make no use of them. */
@AutoConfiguration
@EnableConfigurationProperties(TestProperties.class)
public final class TestPropertiesAutoConfiguration {

}

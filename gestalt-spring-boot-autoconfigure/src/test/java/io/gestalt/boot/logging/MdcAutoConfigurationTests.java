package io.gestalt.boot.logging;

import io.gestalt.boot.annotation.call.HandlerCustomizer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class MdcAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MdcAutoConfiguration.class));

	@Test
	void tellsTheLogByDefault() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(HandlerCustomizer.class));
	}

	@Test
	void tellsItNothingIfSwitchedOff() {
		this.runner.withPropertyValues("gestalt.observation.mdc=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HandlerCustomizer.class));
	}

}

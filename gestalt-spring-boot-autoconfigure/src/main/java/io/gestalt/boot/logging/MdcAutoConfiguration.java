package io.gestalt.boot.logging;

import io.gestalt.boot.annotation.call.HandlerCustomizer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names endpoint, peer and message in the MDC while a handler runs. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "gestalt.observation.mdc", matchIfMissing = true)
public final class MdcAutoConfiguration {

	/** Around all others, so that what they log has it too. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	HandlerCustomizer gestaltMdcCustomizer() {
		return (endpoint, payloadType, handler) -> new MdcHandler(handler, endpoint);
	}

}

package io.gestalt.boot.amqp.embedded;

import org.apache.qpid.server.SystemLauncher;

import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Starts a broker within the application where Qpid's is on the class path and no
 * RabbitMQ is configured, as Boot does with embedded databases.
 */
@AutoConfiguration(before = RabbitAutoConfiguration.class)
@ConditionalOnClass({ RabbitAutoConfiguration.class, SystemLauncher.class })
@ConditionalOnBooleanProperty(name = "gestalt.amqp.embedded.enabled", matchIfMissing = true)
@Conditional(EmbeddedBrokerAutoConfiguration.OnNoRabbit.class)
public final class EmbeddedBrokerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean({ RabbitConnectionDetails.class, ConnectionFactory.class })
	EmbeddedBroker gestaltEmbeddedBroker() {
		return new EmbeddedBroker();
	}

	/** Nobody said where RabbitMQ is. */
	static final class OnNoRabbit extends NoneNestedConditions {

		OnNoRabbit() {
			super(ConfigurationPhase.PARSE_CONFIGURATION);
		}

		@ConditionalOnProperty("spring.rabbitmq.host")
		static final class Host {

		}

		@ConditionalOnProperty("spring.rabbitmq.port")
		static final class Port {

		}

		@ConditionalOnProperty("spring.rabbitmq.addresses")
		static final class Addresses {

		}

	}

}

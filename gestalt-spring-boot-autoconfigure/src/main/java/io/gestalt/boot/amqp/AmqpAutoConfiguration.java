package io.gestalt.boot.amqp;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import io.gestalt.amqp.AmqpConnections;
import io.gestalt.amqp.AmqpResources;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointBuilder;
import io.gestalt.endpoint.Reconnect;
import io.gestalt.transport.TransportResources;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Creates the AMQP endpoints under {@code gestalt.amqp}. */
@AutoConfiguration(after = { EndpointAutoConfiguration.class, RabbitAutoConfiguration.class })
@ConditionalOnClass({ RabbitAutoConfiguration.class, ConnectionFactory.class })
@EnableConfigurationProperties(AmqpProperties.class)
@Import(AmqpEndpointRegistrar.class)
public final class AmqpAutoConfiguration {

	private static final String SCHEDULER = "gestaltAmqpScheduler";

	@Bean
	@ConditionalOnMissingBean
	AmqpConnections gestaltAmqpConnections(ConnectionFactory connections) {
		return new AmqpConnections(connections);
	}

	@Bean(name = SCHEDULER, destroyMethod = "shutdownNow", defaultCandidate = false)
	ScheduledExecutorService gestaltAmqpScheduler() {
		return Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "gestalt-amqp");
			thread.setDaemon(true);
			return thread;
		});
	}

	@Bean
	@ConditionalOnMissingBean
	AmqpResources gestaltAmqpResources(AmqpConnections connections,
			@Qualifier(SCHEDULER) ScheduledExecutorService scheduler, TransportResources resources,
			AmqpProperties properties) {
		return new AmqpResources(connections, scheduler, resources.worker(), Reconnect.DEFAULT, properties.topology());
	}

	@Bean(AmqpEndpointRegistrar.FACTORY)
	AmqpEndpointFactory gestaltAmqpEndpointFactory(AmqpProperties properties, EndpointBuilder builder,
			AmqpResources resources, @Value("${spring.application.name:}") String application) {
		return new AmqpEndpointFactory(properties, builder, resources, application);
	}

}

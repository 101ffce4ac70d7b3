package io.gestalt.boot.amqp;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.settings.AmqpResources;
import io.gestalt.amqp.settings.AmqpScheduler;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointBuilder;
import io.gestalt.boot.properties.DefaultsProperties;
import io.gestalt.boot.properties.EndpointProperties;
import io.gestalt.boot.properties.GestaltProperties;
import io.gestalt.boot.properties.PropertyLayers;
import io.gestalt.boot.support.InvalidPropertyException;
import io.gestalt.boot.uncaught.UncaughtErrors;
import io.gestalt.endpoint.connect.Reconnect;
import io.gestalt.transport.TransportResources;

import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.CacheMode;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/** Creates the AMQP endpoints under {@code gestalt.amqp}. */
@AutoConfiguration(after = { EndpointAutoConfiguration.class, RabbitAutoConfiguration.class })
@ConditionalOnClass({ RabbitAutoConfiguration.class, ConnectionFactory.class })
@EnableConfigurationProperties(AmqpProperties.class)
@Import(AmqpEndpointRegistrar.class)
public final class AmqpAutoConfiguration {

	private static final String SCHEDULER = "gestaltAmqpScheduler";

	/** Made when an endpoint needs it: without one, nobody's connections are touched. */
	@Bean
	@Lazy
	@ConditionalOnMissingBean
	AmqpConnections gestaltAmqpConnections(ConnectionFactory connections) {
		if (connections instanceof CachingConnectionFactory caching && caching.getCacheMode() == CacheMode.CONNECTION) {
			throw new InvalidPropertyException("spring.rabbitmq.cache.connection.mode", "connection",
					"endpoints share connections, and would take more and more of them",
					List.of("Remove it, or set it to 'channel'.",
							"If others need it, give the endpoints a bean of type AmqpConnections with a connection "
									+ "factory of its own."));
		}
		return new AmqpConnections(connections);
	}

	@Bean
	AmqpConnectLifecycle gestaltAmqpConnectLifecycle(ConfigurableListableBeanFactory beans) {
		return new AmqpConnectLifecycle(beans);
	}

	@Bean(name = SCHEDULER, destroyMethod = "shutdownNow", defaultCandidate = false)
	@Lazy
	ScheduledExecutorService gestaltAmqpScheduler(UncaughtErrors uncaught) {
		return new AmqpScheduler("gestalt-amqp", uncaught::report);
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	AmqpResources gestaltAmqpResources(AmqpConnections connections,
			@Qualifier(SCHEDULER) ScheduledExecutorService scheduler, TransportResources resources,
			AmqpProperties properties, GestaltProperties common) {
		return new AmqpResources(connections, scheduler, resources.worker(), reconnect(common.defaults()),
				properties.topology());
	}

	/**
	 * Endpoints share connections, so that only what holds for all can be said of them.
	 */
	private static Reconnect reconnect(DefaultsProperties defaults) {
		PropertyLayers layers = new PropertyLayers("gestalt.defaults", defaults, defaults, DefaultsProperties.BUILT_IN);
		return layers.build("reconnect", EndpointProperties::reconnect,
				() -> new Reconnect(layers.get((from) -> from.reconnect().initialInterval()),
						layers.get((from) -> from.reconnect().multiplier()),
						layers.get((from) -> from.reconnect().maxInterval()),
						layers.get((from) -> from.reconnect().jitter())),
				"Correct the properties under 'gestalt.defaults.reconnect'.");
	}

	@Bean(AmqpEndpointRegistrar.FACTORY)
	@Lazy
	AmqpEndpointFactory gestaltAmqpEndpointFactory(AmqpProperties properties, EndpointBuilder builder,
			AmqpResources resources, ObjectProvider<TopologyCustomizer> customizers,
			@Value("${spring.application.name:}") String application) {
		return new AmqpEndpointFactory(properties, builder, resources, customizers.orderedStream().toList(),
				application);
	}

}

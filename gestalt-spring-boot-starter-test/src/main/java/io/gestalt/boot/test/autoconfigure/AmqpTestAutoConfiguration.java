package io.gestalt.boot.test.autoconfigure;

import com.rabbitmq.client.Channel;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.boot.amqp.AmqpAutoConfiguration;
import io.gestalt.boot.amqp.AmqpProperties;
import io.gestalt.boot.test.amqp.AmqpRecorder;
import io.gestalt.boot.test.amqp.AmqpTesters;
import io.gestalt.boot.test.amqp.broker.MemoryBroker;
import io.gestalt.boot.test.amqp.broker.MemoryConnectionFactory;
import io.gestalt.boot.test.record.Recorder;
import io.gestalt.codec.Codecs;

import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Puts the test at the other end of AMQP endpoints, behind a broker. */
@AutoConfiguration(before = { AmqpAutoConfiguration.class, RabbitAutoConfiguration.class })
@ConditionalOnClass({ RabbitAutoConfiguration.class, Channel.class })
public final class AmqpTestAutoConfiguration {

	@Bean
	AmqpRecorder gestaltAmqpRecorder() {
		return new AmqpRecorder();
	}

	@Bean
	@Lazy
	AmqpConnections gestaltWatchedConnections(ConnectionFactory connections, AmqpRecorder recorder) {
		return new AmqpConnections(recorder.watch(connections));
	}

	/**
	 * Nothing of it is made unless there is an AMQP endpoint, or RabbitMQ would start.
	 */
	@Bean
	TesterFactory gestaltAmqpTesterFactory(Recorder recorder, ObjectProvider<ConnectionFactory> connections,
			Codecs codecs, AmqpRecorder amqp, ObjectProvider<AmqpProperties> properties) {
		return new LazyTesterFactory(() -> new AmqpTesters(recorder, new AmqpConnections(connections.getObject()),
				codecs, amqp, properties.getObject())::create);
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean(ConnectionFactory.class)
	@ConditionalOnProperty(name = TestProperties.TRANSPORT, havingValue = "memory", matchIfMissing = true)
	MemoryConnectionFactory gestaltMemoryConnectionFactory() {
		return new MemoryConnectionFactory(new MemoryBroker());
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean(RabbitConnectionDetails.class)
	@ConditionalOnProperty(name = TestProperties.TRANSPORT, havingValue = "live")
	RabbitConnectionDetails gestaltTestBroker() {
		return LiveBroker.details();
	}

}

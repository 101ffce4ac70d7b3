package io.gestalt.sample.broker;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.gestalt.sample.SampleApplication;
import io.gestalt.sample.endtoend.FreePorts;

import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** The tracker and an office, on one broker. */
final class Deployment implements AutoCloseable {

	private final String exchange = "fleet." + UUID.randomUUID();

	private final String service = "where-is." + UUID.randomUUID();

	private final ConfigurableApplicationContext tracker;

	private final ConfigurableApplicationContext office;

	/**
	 * Starts both.
	 * @param broker properties that say where the broker is, none for one of their own
	 */
	Deployment(String... broker) {
		FreePorts ports = FreePorts.find();
		this.tracker = run(SampleApplication.class, both(ports.properties(), List.of(broker)),
				List.of("sample.simulator.enabled=false", "gestalt.amqp.publisher.positions.exchange=" + this.exchange,
						"gestalt.amqp.subscriber.last-positions.exchange=" + this.exchange,
						"gestalt.amqp.responder.where-is-desk.service=" + this.service));
		this.office = run(BrokerContract.Office.class, connection(this.tracker.getBean(RabbitConnectionDetails.class)),
				List.of("spring.config.name=office", "gestalt.tcp.client.tracker.target=localhost:" + ports.whereIs(),
						"gestalt.amqp.requester.remote-tracker.service=" + this.service,
						"gestalt.amqp.subscriber.lorry.exchange=" + this.exchange,
						"gestalt.amqp.subscriber.lorry.mode=broadcast",
						"gestalt.amqp.subscriber.lorry.routing-keys=vehicle." + BrokerContract.Office.VEHICLE));
	}

	private static List<String> connection(RabbitConnectionDetails details) {
		RabbitConnectionDetails.Address address = details.getFirstAddress();
		return List.of("spring.rabbitmq.host=" + address.host(), "spring.rabbitmq.port=" + address.port(),
				"spring.rabbitmq.username=" + details.getUsername(),
				"spring.rabbitmq.password=" + details.getPassword());
	}

	private static List<String> both(List<String> some, List<String> others) {
		return Stream.concat(some.stream(), others.stream()).toList();
	}

	private static ConfigurableApplicationContext run(Class<?> application, List<String> given, List<String> own) {
		return new SpringApplicationBuilder(application).initializers(Deployment::leaveOutTests)
			.run(both(given, own).stream().map("--"::concat).toArray(String[]::new));
	}

	/** Scanning would find the clients of other tests. */
	private static void leaveOutTests(ConfigurableApplicationContext context) {
		context.getBeanFactory().registerSingleton(TypeExcludeFilter.class.getName(), new NoTests());
	}

	<T> T tracker(Class<T> type) {
		return this.tracker.getBean(type);
	}

	<T> T office(Class<T> type) {
		return this.office.getBean(type);
	}

	@Override
	public void close() {
		this.office.close();
		this.tracker.close();
	}

	private static final class NoTests extends TypeExcludeFilter {

		@Override
		public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
			return reader.getResource().getURL().getPath().contains("/test-classes/");
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof NoTests;
		}

		@Override
		public int hashCode() {
			return NoTests.class.hashCode();
		}

	}

}

package io.gestalt.boot.test.autoconfigure;

import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.test.GestaltTester;
import io.gestalt.boot.test.JournalTester;
import io.gestalt.boot.test.autoconfigure.TestProperties.Transport;
import io.gestalt.boot.test.record.Recorder;
import io.gestalt.boot.test.record.SettlementSource;
import io.gestalt.boot.test.socket.SocketTesters;
import io.gestalt.boot.timer.TimerAutoConfiguration;
import io.gestalt.boot.transport.HandlerExecutor;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.test.memory.MemoryNetwork;
import io.gestalt.test.time.ManualClock;
import io.gestalt.transport.TransportResources;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.env.Environment;

/** Puts the test at the other end of all endpoints. */
@AutoConfiguration(before = { EndpointAutoConfiguration.class, TimerAutoConfiguration.class })
@EnableConfigurationProperties(TestProperties.class)
public final class GestaltTestAutoConfiguration {

	@Bean
	Recorder gestaltTestRecorder(ObjectProvider<GestaltEndpoints> endpoints, ObjectProvider<SettlementSource> sources,
			TestProperties properties) {
		return new Recorder(endpoints, sources, properties.timeout());
	}

	@Bean
	SocketTesters gestaltSocketTesters(Recorder recorder, TransportResources resources, Environment environment,
			TestProperties properties) {
		return new SocketTesters(recorder, resources, (name) -> EndpointAddresses.udpTarget(environment, name),
				properties.transport() == Transport.LIVE);
	}

	@Bean
	GestaltTester gestaltTester(GestaltEndpoints endpoints, Recorder recorder,
			ObjectProvider<TesterFactory> factories) {
		return new GestaltTester(endpoints, recorder, (endpoint) -> tester(endpoint, factories));
	}

	private static @Nullable JournalTester tester(Endpoint endpoint, ObjectProvider<TesterFactory> factories) {
		for (TesterFactory factory : factories.orderedStream().toList()) {
			JournalTester tester = factory.create(endpoint);
			if (tester != null) {
				return tester;
			}
		}
		return null;
	}

	@Bean
	TesterFactory gestaltSocketTesterFactory(SocketTesters testers) {
		return testers::create;
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnProperty(name = TestProperties.TRANSPORT, havingValue = "memory", matchIfMissing = true)
	TransportResources gestaltMemoryResources(ObjectProvider<HandlerExecutor> handlers) {
		HandlerExecutor executor = handlers.getIfAvailable();
		return new MemoryNetwork()
			.resources((executor != null) ? executor::execute : (task) -> new Thread(task).start());
	}

	/** Of lowest rank, for a clock that the application has itself. */
	@Bean
	@Fallback
	@ConditionalOnMissingBean
	@ConditionalOnProperty(name = "gestalt.test.clock", havingValue = "manual", matchIfMissing = true)
	ManualClock gestaltManualClock() {
		return new ManualClock();
	}

}

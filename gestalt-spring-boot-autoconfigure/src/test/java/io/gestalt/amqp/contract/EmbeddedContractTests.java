package io.gestalt.amqp.contract;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;

/** The broker that runs within an application, and in what it differs. */
@Timeout(180)
class EmbeddedContractTests implements PublisherContract, SubscriberContract, AcknowledgmentContract {

	private static Application host;

	private static BrokerAddress address;

	@BeforeAll
	static void start() {
		host = Application.start(List.of(), Map.of());
		RabbitConnectionDetails details = host.context().getBean(RabbitConnectionDetails.class);
		address = new BrokerAddress(details.getFirstAddress().host(), details.getFirstAddress().port(),
				details.getUsername(), details.getPassword());
	}

	@AfterAll
	static void stop() {
		host.close();
	}

	@Override
	public BrokerAddress broker() {
		return address;
	}

}

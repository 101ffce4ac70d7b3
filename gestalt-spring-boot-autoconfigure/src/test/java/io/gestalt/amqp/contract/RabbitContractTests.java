package io.gestalt.amqp.contract;

import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
@Timeout(180)
class RabbitContractTests implements PublisherContract, SubscriberContract, AcknowledgmentContract, RpcContract,
		TopologyContract, FaultContract {

	private static BrokerAddress address;

	@BeforeAll
	static void find(RabbitBroker broker) {
		address = new BrokerAddress(broker.host(), broker.port(), broker.username(), broker.password());
	}

	@Override
	public BrokerAddress broker() {
		return address;
	}

}

package io.gestalt.sample.broker;

import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMqTests implements BrokerContract {

	private Deployment deployment;

	@BeforeAll
	void deploy(RabbitBroker broker) {
		this.deployment = new Deployment(broker.properties());
	}

	@Override
	public Deployment deployment() {
		return this.deployment;
	}

}

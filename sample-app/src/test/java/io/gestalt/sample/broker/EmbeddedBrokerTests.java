package io.gestalt.sample.broker;

class EmbeddedBrokerTests implements BrokerContract {

	private final Deployment deployment = new Deployment();

	@Override
	public Deployment deployment() {
		return this.deployment;
	}

}

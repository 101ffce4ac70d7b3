package io.gestalt.amqp.contract;

/** What every broker must pass, for a class that implements the contracts on it. */
interface AmqpContract {

	/** The broker, which other tests use too. */
	BrokerAddress broker();

}

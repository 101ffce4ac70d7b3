package io.gestalt.amqp.contract;

import io.gestalt.test.fault.FaultProxy;

/** Where a broker is, and who may come in. */
record BrokerAddress(String host, int port, String username, String password) {

	/** What stands between the broker and its clients. */
	FaultProxy proxy() {
		return new FaultProxy(this.host, this.port);
	}

}

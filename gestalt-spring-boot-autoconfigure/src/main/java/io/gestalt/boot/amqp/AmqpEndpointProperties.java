package io.gestalt.boot.amqp;

import io.gestalt.boot.properties.EndpointProperties;

/** What can be said of any AMQP endpoint. */
interface AmqpEndpointProperties extends EndpointProperties {

	/** With whom the endpoint shares exchanges and queues. */
	Compatibility compatibility();

	/** Whose exchanges and queues an endpoint agrees with. */
	enum Compatibility {

		/** Those of Gestalt for Spring Boot. */
		NONE,
		/** Those of the Python package gestalt. */
		PYTHON_GESTALT

	}

}

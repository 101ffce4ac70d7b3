package io.gestalt.sample.simulator;

import io.gestalt.boot.client.GestaltClient;
import io.gestalt.sample.fleet.WhereIs;
import io.gestalt.sample.fleet.Whereabouts;

/** Asks the tracker as a program elsewhere would. */
@GestaltClient("simulated-dispatcher")
interface Dispatcher {

	Whereabouts whereIs(WhereIs question);

}

package io.gestalt.sample.simulator;

import io.gestalt.boot.client.GestaltClient;
import io.gestalt.sample.fleet.WhereIsService;

/** Asks the tracker through the broker. */
@GestaltClient("simulated-remote-dispatcher")
interface RemoteDispatcher extends WhereIsService {

}

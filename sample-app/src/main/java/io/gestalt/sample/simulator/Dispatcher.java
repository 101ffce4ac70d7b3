package io.gestalt.sample.simulator;

import io.gestalt.boot.client.GestaltClient;
import io.gestalt.sample.fleet.WhereIsService;

/** Asks the tracker over TCP, as a program elsewhere would. */
@GestaltClient("simulated-dispatcher")
interface Dispatcher extends WhereIsService {

}

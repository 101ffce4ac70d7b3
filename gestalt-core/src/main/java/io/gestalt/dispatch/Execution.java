package io.gestalt.dispatch;

/** On which threads a handler runs. */
public enum Execution {

	/** On the application's executor; the handler may block. */
	WORKER,
	/** On the thread that reads the network; the handler must never block. */
	EVENT_LOOP

}

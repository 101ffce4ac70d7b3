package io.gestalt.endpoint;

/** Is told what happens to an endpoint; must neither block nor throw. */
@FunctionalInterface
public interface EndpointObserver {

	void onEvent(EndpointEvent event);

}

package io.gestalt.timer;

/** Is told what happens to timers; must neither block nor throw. */
@FunctionalInterface
public interface TimerObserver {

	void onEvent(TimerEvent event);

}

package io.gestalt.boot.timer;

import java.util.List;

import io.gestalt.timer.TimerEvent;
import io.gestalt.timer.TimerObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;

/** Tells all observers what happens, and lets none of them hurt the others. */
final class TimerObservers implements TimerObserver {

	private static final Logger logger = LoggerFactory.getLogger(TimerObserver.class);

	private final ObjectProvider<TimerObserver> beans;

	private volatile List<TimerObserver> observers = List.of();

	TimerObservers(ObjectProvider<TimerObserver> beans) {
		this.beans = beans;
	}

	@Override
	public void onEvent(TimerEvent event) {
		for (TimerObserver observer : observers()) {
			try {
				observer.onEvent(event);
			}
			catch (RuntimeException ex) {
				logger.warn("Observer {} failed on {}", observer, event, ex);
			}
		}
	}

	/** Asked for late, so that an observer may have timers injected. */
	private List<TimerObserver> observers() {
		List<TimerObserver> known = this.observers;
		if (known.isEmpty()) {
			known = this.beans.orderedStream().toList();
			this.observers = known;
		}
		return known;
	}

}

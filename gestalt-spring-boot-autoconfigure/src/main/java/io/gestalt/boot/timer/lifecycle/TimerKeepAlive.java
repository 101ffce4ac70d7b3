package io.gestalt.boot.timer.lifecycle;

import io.gestalt.boot.lifecycle.KeepAlive;
import io.gestalt.timer.Timer;
import io.gestalt.timer.TimerEvent;
import io.gestalt.timer.TimerObserver;

/** Keeps the JVM alive while a timer ticks, or is paused. */
final class TimerKeepAlive implements TimerObserver {

	private final KeepAlive keepAlive;

	TimerKeepAlive(KeepAlive keepAlive) {
		this.keepAlive = keepAlive;
	}

	/** Looks at the state, as events of several threads may overtake each other. */
	@Override
	public void onEvent(TimerEvent event) {
		if (event instanceof TimerEvent.Started || event instanceof TimerEvent.Ended) {
			update(event.timer());
		}
	}

	private synchronized void update(Timer timer) {
		String reason = "timer " + timer.name();
		if (timer.state().active()) {
			this.keepAlive.opened(reason);
		}
		else {
			this.keepAlive.closed(reason);
		}
	}

}

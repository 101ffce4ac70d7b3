package io.gestalt.boot.endpoint;

import java.util.List;

import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.Failure.Reason;
import io.gestalt.failed.FailureRecorder;
import io.gestalt.observation.MessageObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;

/** Tells all observers what happens, and lets none of them hurt the others. */
final class EndpointObservers implements EndpointObserver {

	private static final Logger logger = LoggerFactory.getLogger(EndpointObserver.class);

	private final ObjectProvider<EndpointObserver> beans;

	private final ObjectProvider<MessageObserver> messageObservers;

	private volatile List<EndpointObserver> observers = List.of();

	private volatile @Nullable MessageObserver messages;

	private final FailureRecorder recorder = new Recorders();

	EndpointObservers(ObjectProvider<EndpointObserver> beans, ObjectProvider<MessageObserver> messageObservers) {
		this.beans = beans;
		this.messageObservers = messageObservers;
	}

	@Override
	public MessageObserver messages() {
		MessageObserver known = this.messages;
		if (known == null) {
			known = this.messageObservers.getIfAvailable(() -> MessageObserver.NONE);
			this.messages = known;
		}
		return known;
	}

	@Override
	public FailureRecorder failures() {
		return this.recorder;
	}

	@Override
	public void onEvent(EndpointEvent event) {
		for (EndpointObserver observer : observers()) {
			try {
				observer.onEvent(event);
			}
			catch (RuntimeException ex) {
				logger.warn("Observer {} failed on {}", observer, event, ex);
			}
		}
	}

	/** Asked for late, so that an observer may have endpoints injected. */
	private List<EndpointObserver> observers() {
		List<EndpointObserver> known = this.observers;
		if (known.isEmpty()) {
			known = this.beans.orderedStream().toList();
			this.observers = known;
		}
		return known;
	}

	/** All that the observers know. */
	private final class Recorders implements FailureRecorder {

		@Override
		public boolean wants(Reason reason, boolean answered) {
			return observers().stream().anyMatch((observer) -> observer.failures().wants(reason, answered));
		}

		@Override
		public void record(FailedMessage message) {
			for (EndpointObserver observer : observers()) {
				FailureRecorder recorder = observer.failures();
				if (recorder.wants(message.failure().reason(), message.aftermath().answered())) {
					recorder.record(message);
				}
			}
		}

		@Override
		public void lost() {
			observers().forEach((observer) -> observer.failures().lost());
		}

	}

}

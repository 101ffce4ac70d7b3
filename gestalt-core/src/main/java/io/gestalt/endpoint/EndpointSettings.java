package io.gestalt.endpoint;

import java.time.Duration;

import io.gestalt.codec.PayloadCodec;
import io.gestalt.dispatch.Listener;
import io.gestalt.frame.FrameCodec;
import io.gestalt.transport.queue.QueueLimits;
import org.jspecify.annotations.Nullable;

/**
 * What all endpoints need to know.
 *
 * @param name the name that the user gave
 * @param frameCodec where messages begin and end
 * @param payloadCodec values to bytes and back
 * @param queue bounds of what waits, for each peer and direction
 * @param requestTimeout how long a request waits for its reply
 * @param onError what happens after a message that could not be handled, {@code null}
 * for: close where the listener replies, else drop
 * @param listener what to do with messages, {@code null} for nothing
 * @param observer is told what happens
 */
public record EndpointSettings(String name, FrameCodec frameCodec, PayloadCodec payloadCodec, QueueLimits queue,
		Duration requestTimeout, @Nullable OnError onError, @Nullable Listener listener, EndpointObserver observer) {

	/** The defaults: 10,000 messages in a queue, 5 seconds for a request. */
	public EndpointSettings(String name, FrameCodec frameCodec, PayloadCodec payloadCodec,
			@Nullable Listener listener) {
		this(name, frameCodec, payloadCodec, QueueLimits.DEFAULT, Duration.ofSeconds(5), null, listener, (event) -> {
		});
	}

	public EndpointSettings queue(QueueLimits limits) {
		return new EndpointSettings(this.name, this.frameCodec, this.payloadCodec, limits, this.requestTimeout,
				this.onError, this.listener, this.observer);
	}

	public EndpointSettings requestTimeout(Duration timeout) {
		return new EndpointSettings(this.name, this.frameCodec, this.payloadCodec, this.queue, timeout, this.onError,
				this.listener, this.observer);
	}

	public EndpointSettings onError(@Nullable OnError policy) {
		return new EndpointSettings(this.name, this.frameCodec, this.payloadCodec, this.queue, this.requestTimeout,
				policy, this.listener, this.observer);
	}

	public EndpointSettings listener(@Nullable Listener newListener) {
		return new EndpointSettings(this.name, this.frameCodec, this.payloadCodec, this.queue, this.requestTimeout,
				this.onError, newListener, this.observer);
	}

	public EndpointSettings observer(EndpointObserver newObserver) {
		return new EndpointSettings(this.name, this.frameCodec, this.payloadCodec, this.queue, this.requestTimeout,
				this.onError, this.listener, newObserver);
	}

}

package io.gestalt.endpoint.tcp;

import java.util.ArrayDeque;
import java.util.Queue;

import io.gestalt.dispatch.Dispatcher;
import io.gestalt.endpoint.framed.EndpointCore;
import io.gestalt.message.Counter;
import io.gestalt.message.MessageTypes;
import io.gestalt.message.SendException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a peer owes a reply to, in the order in which they were sent; used on
 * the connection's event loop only.
 */
final class PendingReplies {

	private final EndpointCore core;

	private final Queue<PendingRequest> requests = new ArrayDeque<>(0);

	PendingReplies(EndpointCore core) {
		this.core = core;
	}

	void add(PendingRequest request) {
		this.requests.add(request);
	}

	boolean isEmpty() {
		return this.requests.isEmpty();
	}

	/** Takes a message if it is the reply to the oldest request. */
	boolean take(int type, ByteBuf payload) {
		PendingRequest request = this.requests.peek();
		if (request == null || !isReply(request, type)) {
			return false;
		}
		this.requests.remove();
		if (request.abandoned()) {
			this.core.counters().increment(Counter.LATE_REPLIES);
		}
		request.complete(this.core.settings().payloadCodec(), type, payload);
		return true;
	}

	private boolean isReply(PendingRequest request, int type) {
		if (type == MessageTypes.NONE || request.replyTypeId() == type) {
			return true;
		}
		Dispatcher dispatcher = this.core.dispatcher();
		return request.replyTypeId() == MessageTypes.NONE
				&& (dispatcher == null || !dispatcher.listener().handles(type));
	}

	void fail(String why, @Nullable Throwable cause) {
		String message = "Endpoint '%s' %s".formatted(this.core.name(), why);
		for (PendingRequest request = this.requests.poll(); request != null; request = this.requests.poll()) {
			request.failed(new SendException(Counter.DROPPED_LOST, message, cause));
		}
	}

}

package io.gestalt.endpoint.tcp;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.gestalt.dispatch.Dispatcher;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.endpoint.framed.EndpointCore;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.FailureLog;
import io.gestalt.endpoint.OnError;
import io.gestalt.message.Counter;
import io.gestalt.message.OneLine;
import io.gestalt.transport.CloseReason;
import io.netty.handler.ssl.NotSslRecordException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what went wrong with a peer, and applies the failure policy. */
final class PeerFailures {

	private static final Logger logger = LoggerFactory.getLogger(Endpoint.class);

	/** How much of a message is logged, some of which repeat all that a peer sent. */
	private static final int LOGGED = 400;

	private final EndpointCore core;

	private final FailureLog badPeers = new FailureLog();

	private final FailureLog handshakes = new FailureLog();

	private final FailureLog strangers = new FailureLog();

	PeerFailures(EndpointCore core) {
		this.core = core;
	}

	void handler(Conversation conversation, Throwable cause) {
		this.core.handlerFailed(conversation, cause);
		apply(conversation, CloseReason.HANDLER_FAILED, cause);
	}

	void undecodable(Conversation conversation, Throwable cause) {
		this.core.undecodable(conversation, cause);
		apply(conversation, CloseReason.UNDECODABLE, cause);
	}

	private void apply(Conversation conversation, CloseReason reason, Throwable cause) {
		if (onError() == OnError.CLOSE) {
			conversation.fail(reason, cause);
		}
	}

	private OnError onError() {
		if (this.core.settings().onError() != null) {
			return this.core.settings().onError();
		}
		Dispatcher current = this.core.dispatcher();
		return (current != null && current.listener().replies()) ? OnError.CLOSE : OnError.DROP;
	}

	void closed(Conversation conversation, CloseReason reason, @Nullable Throwable cause) {
		logger.debug("Endpoint '{}' lost peer {}: {}", this.core.name(), conversation, reason, cause);
		if (reason == CloseReason.MALFORMED || reason == CloseReason.UNDECODABLE) {
			this.badPeers.warn("Endpoint '{}' closed the connection of peer {}, {}: {}", this.core.name(), conversation,
					reason, brief(cause));
		}
		else if (reason == CloseReason.FAILED) {
			this.core.broken(cause);
		}
	}

	void handshake(SocketAddress address, @Nullable Throwable cause) {
		this.core.counters().increment(Counter.TLS_FAILED);
		this.handshakes.warn("Endpoint '{}' could not agree on TLS with {}: {}", this.core.name(), text(address),
				rootMessage(cause));
		this.core.publish(new EndpointEvent.HandshakeFailed(this.core.name(), address, cause));
		this.core.broken(cause);
	}

	void forbidden(SocketAddress address, @Nullable Throwable cause) {
		this.strangers.warn("Endpoint '{}' closed the connection of {}: {}", this.core.name(), text(address),
				brief(cause));
	}

	/** Host and port as users write them, the target of a client not being resolved. */
	private static String text(SocketAddress address) {
		if (!(address instanceof InetSocketAddress known)) {
			return address.toString();
		}
		String host = known.getHostString();
		return ((host.indexOf(':') >= 0) ? "[" + host + "]" : host) + ":" + known.getPort();
	}

	/** The message alone: what lies below may quote all that the peer has sent. */
	private static String brief(@Nullable Throwable cause) {
		String message = (cause != null) ? String.valueOf(cause.getMessage()) : "";
		return line(message.lines().findFirst().orElse(""));
	}

	private static String rootMessage(@Nullable Throwable cause) {
		Throwable root = cause;
		while (root != null && root.getCause() != null) {
			root = root.getCause();
		}
		if (root == null) {
			return "the connection ended";
		}
		if (root instanceof NotSslRecordException) {
			// Its message is all that arrived, which may be confidential.
			return "what arrived is no TLS record";
		}
		String message = (root.getMessage() != null) ? root.getMessage() : root.getClass().getSimpleName();
		return line(message);
	}

	private static String line(String message) {
		return OneLine.of(message, LOGGED) + ((message.length() > LOGGED) ? "..." : "");
	}

}

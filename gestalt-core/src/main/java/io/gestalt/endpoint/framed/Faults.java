package io.gestalt.endpoint.framed;

import java.io.UncheckedIOException;
import java.util.concurrent.RejectedExecutionException;

import io.gestalt.message.GestaltException;
import io.netty.channel.ChannelException;
import io.netty.handler.codec.CodecException;
import reactor.netty.channel.AbortedException;

/** Tells whose fault it is that something broke. */
final class Faults {

	private Faults() {
	}

	/** Whether it is neither that of the network nor of a peer, nor of a stop. */
	static boolean isOurs(Throwable cause) {
		if (cause instanceof CodecException && cause.getCause() != null) {
			return cause.getCause() instanceof Error;
		}
		return cause instanceof Error || (cause instanceof RuntimeException && !isOfOthers(cause));
	}

	private static boolean isOfOthers(Throwable cause) {
		return cause instanceof CodecException || cause instanceof ChannelException || cause instanceof AbortedException
				|| cause instanceof GestaltException || cause instanceof UncheckedIOException
				|| cause instanceof SecurityException || cause instanceof RejectedExecutionException;
	}

}

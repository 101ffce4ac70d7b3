package io.gestalt.boot.test;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import io.gestalt.boot.test.record.Reception;
import io.gestalt.boot.test.record.SentMessage;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.test.fault.FaultProxy;
import org.jspecify.annotations.Nullable;

/**
 * The other end of one endpoint: sends to it, answers it, and waits for what the
 * application makes of that. Each message can be waited for once; what is waited for
 * longer than {@code gestalt.test.timeout} is an {@link AssertionError} that lists what
 * happened instead.
 */
public interface EndpointTester {

	/** The endpoint of the application. */
	Endpoint endpoint();

	/**
	 * Sends to the application, as a peer would.
	 * @param payload a value, a {@link io.gestalt.message.Message}, or {@code null} for
	 * an empty message
	 */
	void send(@Nullable Object payload);

	/**
	 * Sends bytes that are no work of the codec; the framing still frames them.
	 * @param payload what the application's codec is given, before any decompression
	 */
	default void sendRaw(byte[] payload) {
		sendRaw(0, payload);
	}

	/**
	 * Sends bytes that are no work of the codec, under a message type identifier.
	 * @param type the identifier, 0 for none
	 * @param payload what the application's codec is given, before any decompression
	 */
	void sendRaw(int type, byte[] payload);

	/**
	 * Sends through the broker under a routing key of its own.
	 * @throws UnsupportedOperationException if the endpoint is none of a broker
	 */
	default void send(String routingKey, @Nullable Object payload) {
		throw new UnsupportedOperationException("Only a message to a subscriber has a routing key");
	}

	/**
	 * Asks the application and waits for its reply.
	 * @throws RuntimeException that the endpoint of the asking peer fails with, such as
	 * {@link io.gestalt.message.RemoteException}
	 */
	<R> R request(@Nullable Object payload, Class<R> replyType);

	/**
	 * Answers what the application asks from now on, until the end of the test.
	 * @param requestType what requests are decoded to
	 * @param answer makes the reply, {@code null} for none
	 */
	<T> void answer(Class<T> requestType, Function<? super T, ? extends @Nullable Object> answer);

	/** Waits for the next message that the listener has handled, or failed to. */
	Reception awaitReception();

	/** Waits for the next message of a type that the listener has handled. */
	<T> Reception awaitReception(Class<T> payloadType);

	/** Waits for the next messages that the listener has handled. */
	List<Reception> awaitReceptions(int count);

	/** Waits for the next message that the application sends. */
	SentMessage awaitSent();

	/** Waits for the next message that the application sends, and decodes it. */
	default <T> T awaitSent(Class<T> type) {
		return awaitSent().as(type);
	}

	/** Makes sure that nothing arrives for so long. */
	void assertNothingReceived(Duration quiet);

	/** Makes sure that nothing is sent for so long. */
	void assertNothingSent(Duration quiet);

	/** All that arrived in this test. */
	List<Reception> receptions();

	/** All that was sent in this test. */
	List<SentMessage> sent();

	/** Connects, if the application listens, and waits until the connection is there. */
	void awaitConnected();

	/** Ends the connections of this peer, as if it was gone. */
	void disconnect();

	/**
	 * Puts a proxy between both ends that misbehaves on request; needs
	 * {@code gestalt.test.transport=live}. Connections are opened anew.
	 * @throws IllegalStateException if the transport is memory
	 * @throws UnsupportedOperationException if there is no TCP connection of its own
	 */
	default FaultProxy faults() {
		throw new UnsupportedOperationException("Only TCP connections have a fault proxy");
	}

}

package io.gestalt.boot.client;

import java.util.concurrent.CompletableFuture;

import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Sends and asks by the name of an endpoint. A payload is a value, a
 * {@link io.gestalt.message.Message}, or {@code null} for an empty message. What waits
 * must not be called on a thread that must not block.
 */
public interface GestaltOperations {

	/**
	 * Sends a message to the only peer and waits until it is written.
	 * @param endpoint name of the endpoint
	 * @param payload what to send
	 * @throws io.gestalt.message.GestaltException if it was refused, dropped, lost or not
	 * written within the send timeout
	 */
	void send(String endpoint, @Nullable Object payload);

	/**
	 * Sends a message to one of several peers and waits until it is written.
	 * @param endpoint name of the endpoint
	 * @param peer one of its peers
	 * @param payload what to send
	 * @throws io.gestalt.message.GestaltException if it was refused, dropped, lost or not
	 * written within the send timeout
	 */
	void sendTo(String endpoint, Peer peer, @Nullable Object payload);

	/**
	 * Asks the only peer and waits for the reply.
	 * @param endpoint name of the endpoint
	 * @param payload what to send
	 * @param replyType what the reply is decoded to
	 * @param <R> type of the reply
	 * @return the reply, {@code null} if it is empty
	 * @throws io.gestalt.endpoint.RequestTimeoutException if there is none within the
	 * request timeout
	 * @throws io.gestalt.message.GestaltException if the request or its reply was lost
	 */
	<R> @Nullable R request(String endpoint, @Nullable Object payload, Class<R> replyType);

	/**
	 * Asks the only peer and waits for the reply.
	 * @param endpoint name of the endpoint
	 * @param payload what to send
	 * @param replyType what the reply is decoded to
	 * @param <R> type of the reply
	 * @return the reply, {@code null} if it is empty
	 * @throws io.gestalt.endpoint.RequestTimeoutException if there is none within the
	 * request timeout
	 * @throws io.gestalt.message.GestaltException if the request or its reply was lost
	 */
	<R> @Nullable R request(String endpoint, @Nullable Object payload, ParameterizedTypeReference<R> replyType);

	/** Like {@link #send}, but tells later. */
	CompletableFuture<Void> sendAsync(String endpoint, @Nullable Object payload);

	/** Like {@link #sendTo}, but tells later. */
	CompletableFuture<Void> sendToAsync(String endpoint, Peer peer, @Nullable Object payload);

	/** Like {@link #request(String, Object, Class)}, but tells later. */
	<R> CompletableFuture<R> requestAsync(String endpoint, @Nullable Object payload, Class<R> replyType);

	/**
	 * Like {@link #request(String, Object, ParameterizedTypeReference)}, but tells later.
	 */
	<R> CompletableFuture<R> requestAsync(String endpoint, @Nullable Object payload,
			ParameterizedTypeReference<R> replyType);

}

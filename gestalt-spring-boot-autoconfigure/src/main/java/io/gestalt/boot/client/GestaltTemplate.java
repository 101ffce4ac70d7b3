package io.gestalt.boot.client;

import java.util.concurrent.CompletableFuture;

import io.gestalt.boot.annotation.EndpointLookup;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.message.Peer;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/** The operations on the endpoints of the application. Safe for use by many threads. */
public final class GestaltTemplate implements GestaltOperations {

	private final EndpointLookup endpoints;

	public GestaltTemplate(EndpointLookup endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	public void send(String endpoint, @Nullable Object payload) {
		Waiting waiting = waiting(endpoint);
		waiting.forDelivery(() -> waiting.endpoint().sendAsync(payload));
	}

	@Override
	public void sendTo(String endpoint, Peer peer, @Nullable Object payload) {
		waiting(endpoint).forDelivery(() -> peer.sendAsync(payload));
	}

	@Override
	public <R> @Nullable R request(String endpoint, @Nullable Object payload, Class<R> replyType) {
		Waiting waiting = waiting(endpoint);
		return waiting.forReply(() -> waiting.endpoint().request(payload, replyType));
	}

	@Override
	public <R> @Nullable R request(String endpoint, @Nullable Object payload, ParameterizedTypeReference<R> replyType) {
		Waiting waiting = waiting(endpoint);
		return waiting.forReply(() -> waiting.endpoint().request(payload, replyType.getType(), null));
	}

	@Override
	public CompletableFuture<Void> sendAsync(String endpoint, @Nullable Object payload) {
		return this.endpoints.get(endpoint).sendAsync(payload);
	}

	@Override
	public CompletableFuture<Void> sendToAsync(String endpoint, Peer peer, @Nullable Object payload) {
		return peer.sendAsync(payload);
	}

	@Override
	public <R> CompletableFuture<R> requestAsync(String endpoint, @Nullable Object payload, Class<R> replyType) {
		return this.endpoints.get(endpoint).request(payload, replyType);
	}

	@Override
	public <R> CompletableFuture<R> requestAsync(String endpoint, @Nullable Object payload,
			ParameterizedTypeReference<R> replyType) {
		return this.endpoints.get(endpoint).request(payload, replyType.getType(), null);
	}

	private Waiting waiting(String name) {
		Endpoint endpoint = this.endpoints.get(name);
		return new Waiting(endpoint);
	}

}

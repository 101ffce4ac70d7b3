package io.gestalt.endpoint;

/**
 * What an endpoint has under way, as far as it knows without asking anybody; 0 where
 * there is no such thing.
 *
 * @param received messages that have arrived and wait for a handler, or are with one
 * @param handlers handlers at work
 * @param sending messages that wait to be written, or to be confirmed by a broker
 * @param sendingBytes memory that they take
 * @param requests requests that wait for their reply
 */
public record EndpointLoad(long received, long handlers, long sending, long sendingBytes, long requests) {

	/** Nothing is under way. */
	public static final EndpointLoad NONE = new EndpointLoad(0, 0, 0, 0, 0);

}

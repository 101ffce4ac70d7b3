package io.gestalt.amqp.settings;

/**
 * How a responder answers.
 *
 * @param service name of its queue
 * @param prefetch how many unanswered requests a consumer may have
 * @param minConcurrency how many consumers there are
 * @param maxConcurrency how many there may be under load
 * @param errorReplies whether a failure is answered with a code and a text; else the
 * request is rejected
 */
public record ResponderOptions(String service, int prefetch, int minConcurrency, int maxConcurrency,
		boolean errorReplies) {
}

package io.gestalt.amqp.cluster;

/**
 * What is published.
 *
 * @param sender who has published it
 * @param number how many messages its sender had published before
 */
record Tick(String sender, int number) {
}

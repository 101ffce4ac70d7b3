package io.gestalt.sample.fleet;

/**
 * Asks for the last known position of a vehicle.
 *
 * @param vehicle its name
 */
public record WhereIs(String vehicle) {
}

package io.gestalt.sample.nmea;

/**
 * A point on the earth, in WGS 84.
 *
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 */
public record Coordinates(double latitude, double longitude) {
}

package io.gestalt.sample.nmea;

/**
 * A sound sentence that says nothing we track, such as the satellites in view.
 *
 * @param address the talker and the type, such as {@code GPGSV}
 */
public record OtherMessage(String address) implements NmeaMessage {
}

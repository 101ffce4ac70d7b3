package io.gestalt.sample.nmea;

/** What a sentence says. */
public sealed interface NmeaMessage permits Rmc, Gga, VehicleIdentification, Refusal, OtherMessage {

}

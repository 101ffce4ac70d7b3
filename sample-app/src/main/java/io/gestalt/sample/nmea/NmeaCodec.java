package io.gestalt.sample.nmea;

/**
 * Turns sentences of NMEA 0183 into messages and back.
 *
 * @see <a href="https://gpsd.gitlab.io/gpsd/NMEA.html">NMEA Revealed</a>
 */
public final class NmeaCodec {

	/** The address of our own sentences: P for proprietary, then a code of our own. */
	static final String PROPRIETARY = "PGFLT";

	/**
	 * Reads a line, with or without its line end.
	 * @throws NmeaException if the line is not a sound sentence
	 */
	public NmeaMessage read(String line) {
		Sentence sentence = Sentence.parse(line);
		if (sentence.proprietary()) {
			return proprietary(sentence);
		}
		return switch (sentence.type()) {
			case Rmc.TYPE -> Rmc.read(sentence);
			case Gga.TYPE -> Gga.read(sentence);
			default -> new OtherMessage(sentence.address());
		};
	}

	private NmeaMessage proprietary(Sentence sentence) {
		if (!sentence.address().equals(PROPRIETARY)) {
			return new OtherMessage(sentence.address());
		}
		FieldReader in = new FieldReader(sentence).atLeast(1);
		return switch (in.text(1)) {
			case VehicleIdentification.KEY -> VehicleIdentification.read(sentence);
			case Refusal.KEY -> Refusal.read(sentence);
			default -> throw in.malformed(1, "kind", "ID or ERR");
		};
	}

	/** Writes a line with its checksum and without its line end. */
	public String write(NmeaMessage message) {
		if (message instanceof Rmc rmc) {
			return rmc.write().line();
		}
		if (message instanceof Gga gga) {
			return gga.write().line();
		}
		if (message instanceof VehicleIdentification identification) {
			return identification.write().line();
		}
		if (message instanceof Refusal refusal) {
			return refusal.write().line();
		}
		throw new IllegalArgumentException("Message '%s' cannot be written: its fields are not known"
			.formatted(message.getClass().getSimpleName()));
	}

}

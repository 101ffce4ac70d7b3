package io.gestalt.sample.nmea;

/** Says what is wrong with a sentence, and of which kind the fault is. */
public final class NmeaException extends RuntimeException {

	private static final int MAX_QUOTE = 20;

	private final Fault fault;

	NmeaException(Fault fault, String message) {
		super(message);
		this.fault = fault;
	}

	public Fault fault() {
		return this.fault;
	}

	/** Makes what a stranger sent fit for a message: printable and short. */
	static String quote(String value) {
		String printable = value.codePoints()
			.limit(MAX_QUOTE)
			.map((c) -> (c >= ' ' && c <= '~') ? c : '?')
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
		return (value.length() <= MAX_QUOTE) ? "'" + printable + "'" : "'" + printable + "...'";
	}

	/** The kinds of faults, told apart because they have different causes. */
	public enum Fault {

		/** Not a sentence at all. */
		FRAMING,

		/** Damaged on the way. */
		CHECKSUM,

		/** Arrived as sent, but a field is not what the standard says. */
		FIELD

	}

}

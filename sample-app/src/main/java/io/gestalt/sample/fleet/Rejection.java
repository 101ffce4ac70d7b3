package io.gestalt.sample.fleet;

/** Why something that arrived did not become a position. */
public enum Rejection {

	/** Not a sentence at all. */
	FRAMING,

	/** Damaged on the way. */
	CHECKSUM,

	/** A value is not what its format says. */
	FIELD,

	/** The receiver itself does not vouch for the position. */
	NO_FIX,

	/** A newer position of the vehicle came first. */
	OVERTAKEN

}

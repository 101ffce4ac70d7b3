package io.gestalt.endpoint.tcp;

/** How far a conversation is with what it has accepted. */
enum Progress {

	HANDLING, FLUSHING, DONE

}

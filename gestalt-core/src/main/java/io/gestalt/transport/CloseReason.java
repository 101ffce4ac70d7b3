package io.gestalt.transport;

/** Why a connection ended. */
public enum CloseReason {

	/** The peer closed it. */
	PEER_CLOSED,
	/** The application closed it. */
	CLOSED,
	/** The endpoint stopped. */
	STOPPED,
	/** Nothing arrived within the idle time-out. */
	IDLE,
	/** The peer sent something that is no frame, or one above the limit. */
	MALFORMED,
	/** A message could not be decoded, and the failure policy is to close. */
	UNDECODABLE,
	/** A handler failed, and the failure policy is to close. */
	HANDLER_FAILED,
	/** A request was not answered in time, so that later replies could not be matched. */
	REQUEST_TIMEOUT,
	/** The TLS handshake failed. */
	TLS_FAILED,
	/** No rule of the server allows the peer. */
	FORBIDDEN,
	/** The network failed. */
	FAILED

}

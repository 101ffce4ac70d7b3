package io.gestalt.boot.annotation;

import java.util.List;

import io.gestalt.message.GestaltException;

/** Annotations that contradict each other, their methods, or their endpoint. */
public final class ListenerDeclarationException extends GestaltException {

	private final Problem problem;

	private final List<String> methods;

	public ListenerDeclarationException(Problem problem, List<String> methods, String message) {
		super(message);
		this.problem = problem;
		this.methods = List.copyOf(methods);
	}

	public Problem problem() {
		return this.problem;
	}

	/** What is declared wrong, each in short form, {@code Orders.place(Order)}. */
	public List<String> methods() {
		return this.methods;
	}

	/** What may be wrong with a declaration. */
	public enum Problem {

		/** Two listeners name the same endpoint. */
		TWO_LISTENERS,
		/** Two handlers of a listener want the same message type. */
		TWO_HANDLERS,
		/** A method has two parameters that would be the payload. */
		TWO_PAYLOADS,
		/** A payload parameter asks for an expression to be evaluated. */
		EXPRESSION,
		/** A handler names no message type and its payload has none. */
		NO_MESSAGE_TYPE,
		/**
		 * Handlers are to be chosen by a type that the endpoint's framing cannot carry.
		 */
		FRAMING_WITHOUT_TYPE,
		/** A handler is not in a listener class. */
		HANDLER_WITHOUT_LISTENER,
		/** A listener class has no handlers. */
		LISTENER_WITHOUT_HANDLERS,
		/** A method cannot be called through the proxy around its bean. */
		NOT_INVOCABLE,
		/** A result is to be sent to no endpoint or several, or there is no result. */
		SEND_TO,
		/** More than one kind of execution is named. */
		EXECUTION,
		/** A result has many elements, or is nothing that a reply can be made of. */
		MANY_RESULTS,
		/** The libraries are missing with which suspending functions are called. */
		COROUTINES

	}

}

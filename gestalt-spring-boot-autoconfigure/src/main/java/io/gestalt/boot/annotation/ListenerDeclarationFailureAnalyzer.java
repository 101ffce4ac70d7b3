package io.gestalt.boot.annotation;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how to put a listener right. */
final class ListenerDeclarationFailureAnalyzer extends AbstractFailureAnalyzer<ListenerDeclarationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ListenerDeclarationException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", action(cause), cause);
	}

	private static String action(ListenerDeclarationException cause) {
		return switch (cause.problem()) {
			case TWO_LISTENERS -> "Remove one of them, or handle different message types with @GestaltHandler methods "
					+ "in one class that is marked with @GestaltListener.";
			case TWO_HANDLERS -> "Remove one of them, or give it another type: @GestaltHandler(7).";
			case TWO_PAYLOADS -> "Leave one parameter without annotation, and mark the others with @Header, or let "
					+ "them be of type Message, Peer or MessageContext.";
			case EXPRESSION -> "Remove the expression from @Payload and pick the value within the method.";
			case NO_MESSAGE_TYPE -> "Set the type in the annotation, @GestaltHandler(7), or on the payload's class, "
					+ "@MessageType(7), or with the property 'gestalt.types'.";
			case FRAMING_WITHOUT_TYPE -> "Set the property 'framing.type' of the endpoint to 'message-type', or mark "
					+ "one method with @GestaltListener in place of the class.";
			case HANDLER_WITHOUT_LISTENER -> "Mark the class with @GestaltListener and the name of an endpoint.";
			case LISTENER_WITHOUT_HANDLERS -> "Mark the methods that handle messages with @GestaltHandler, or mark "
					+ "one method, in place of the class, with @GestaltListener.";
			case NOT_INVOCABLE -> "Let the method be neither private nor final, and where the proxy is made from "
					+ "interfaces declare it in one of them or set 'spring.aop.proxy-target-class' to 'true'.";
			case SEND_TO -> "Let the method return something, and name one endpoint: @SendTo(\"name\").";
			case EXECUTION -> "Name one kind of execution, or none.";
			case MANY_RESULTS -> "Return all elements in one reply, as Mono<List<T>>, or the only one, as Mono<T>, or "
					+ "take the Peer as a parameter, send it each element with sendAsync(), and return Mono<Void>. In "
					+ "Kotlin, let a suspend function return List<T> or T.";
			case COROUTINES -> "Add the libraries org.jetbrains.kotlin:kotlin-reflect and "
					+ "org.jetbrains.kotlinx:kotlinx-coroutines-reactor.";
		};
	}

}

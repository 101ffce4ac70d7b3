package io.gestalt.boot.timer;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how to put a timer right. */
final class TimerDeclarationFailureAnalyzer extends AbstractFailureAnalyzer<TimerDeclarationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, TimerDeclarationException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", action(cause), cause);
	}

	private static String action(TimerDeclarationException cause) {
		return switch (cause.problem()) {
			case TWO_METHODS -> "Remove one of them, or give it a timer of its own.";
			case PARAMETERS -> "Let the method have no parameter, or one of type io.gestalt.timer.Timer.";
			case NOT_INVOCABLE -> "Let the method be neither private nor final, and where the proxy is made from "
					+ "interfaces declare it in one of them or set 'spring.aop.proxy-target-class' to 'true'.";
			case NO_SCHEDULE -> "Set 'gestalt.timer.%1$s.interval' or 'gestalt.timer.%1$s.cron', or say it in the "
				.formatted(cause.timer())
					+ "annotation: @GestaltTimer(value = \"%s\", interval = \"1s\").".formatted(cause.timer());
			case TWO_SCHEDULES -> "Remove either the interval or cron.";
			case ATTRIBUTE -> "Correct it, or set it under 'gestalt.timer.%s', which wins over the annotation."
				.formatted(cause.timer());
			case COROUTINES -> "Add the libraries org.jetbrains.kotlin:kotlin-reflect and "
					+ "org.jetbrains.kotlinx:kotlinx-coroutines-reactor.";
		};
	}

}

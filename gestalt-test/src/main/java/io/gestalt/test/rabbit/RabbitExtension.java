package io.gestalt.test.rabbit;

import java.util.Optional;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a parameter of type {@link RabbitBroker}: one broker for all tests of the
 * JVM, which no test may stop. Where there is no RabbitMQ the tests are skipped, unless
 * the environment variable {@code RABBIT_REQUIRED} is {@code true}.
 */
public final class RabbitExtension implements ExecutionCondition, ParameterResolver {

	private static final String REQUIRED = "RABBIT_REQUIRED";

	private static final String NONE = "There is neither Docker nor a rabbitmq-server on this machine";

	private static Shared shared(ExtensionContext context) {
		return context.getRoot()
			.getStore(Namespace.create(RabbitExtension.class))
			.computeIfAbsent(Shared.class, (key) -> new Shared(RabbitBroker.shared()), Shared.class);
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (shared(context).broker().isPresent()) {
			return ConditionEvaluationResult.enabled("There is a RabbitMQ");
		}
		if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
			throw new IllegalStateException("%s, but %s is true".formatted(NONE, REQUIRED));
		}
		return ConditionEvaluationResult.disabled(NONE);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == RabbitBroker.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return shared(context).broker().orElseThrow(() -> new IllegalStateException(NONE));
	}

	/**
	 * Ends with the last test.
	 *
	 * @param broker the broker, if there is one
	 */
	private record Shared(Optional<RabbitBroker> broker) implements AutoCloseable {

		@Override
		public void close() {
			RabbitBrokers.closeShared();
		}

	}

}

package io.gestalt.boot.timer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import io.gestalt.boot.annotation.call.BeanMethod;
import io.gestalt.boot.annotation.call.SuspendingMethod;
import io.gestalt.boot.timer.TimerDeclarationException.Problem;
import io.gestalt.timer.Timer;
import io.gestalt.timer.TimerHandler;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.CoroutinesUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * A method of a bean that is run by a timer.
 *
 * @param bean the bean as others see it, maybe a proxy
 * @param method how it is called there
 * @param parameters how many parameters it has
 */
record TimerMethod(Object bean, Method method, int parameters) implements TimerHandler {

	/**
	 * Reads a method.
	 * @param timer name of the timer
	 * @param method the method as the user declared it
	 * @param bean the bean as others see it
	 * @throws TimerDeclarationException if a timer cannot call it
	 */
	static TimerMethod of(String timer, Method method, Object bean) {
		int parameters = SuspendingMethod.parameterCount(method);
		String description = BeanMethod.describe(method);
		if (parameters > 1 || (parameters == 1 && method.getParameterTypes()[0] != Timer.class)) {
			throw new TimerDeclarationException(Problem.PARAMETERS, timer,
					"Timer '%s' runs '%s', but has nothing for its parameters".formatted(timer, description));
		}
		if (KotlinDetector.isSuspendingFunction(method) && !SuspendingMethod.possible()) {
			throw new TimerDeclarationException(Problem.COROUTINES, timer,
					"Timer '%s' runs '%s', which suspends, but kotlin-reflect or kotlinx-coroutines-reactor is not on the class path"
						.formatted(timer, description));
		}
		try {
			Method invocable = BeanMethod.invocable(method, bean);
			invocable.setAccessible(true);
			return new TimerMethod(bean, invocable, parameters);
		}
		catch (IllegalStateException ex) {
			throw new TimerDeclarationException(Problem.NOT_INVOCABLE, timer,
					"Timer '%s' cannot call '%s' through the proxy around its bean: %s".formatted(timer, description,
							ex.getMessage()));
		}
	}

	@Override
	public void run(Timer timer) throws Exception {
		Object[] arguments = new Object[this.parameters];
		Arrays.fill(arguments, timer);
		try {
			awaitEnd(call(arguments));
		}
		catch (InvocationTargetException | ExecutionException ex) {
			throw cause(ex);
		}
	}

	private @Nullable Object call(Object[] arguments) throws ReflectiveOperationException {
		return KotlinDetector.isSuspendingFunction(this.method)
				? CoroutinesUtils.invokeSuspendingFunction(this.method, this.bean, arguments)
				: this.method.invoke(this.bean, arguments);
	}

	private static void awaitEnd(@Nullable Object result) throws ExecutionException, InterruptedException {
		Future<?> end = end(result);
		try {
			if (end != null) {
				end.get();
			}
		}
		catch (InterruptedException | CancellationException ex) {
			end.cancel(true);
			throw ex;
		}
	}

	private static @Nullable Future<?> end(@Nullable Object result) {
		if (result instanceof CompletionStage<?> stage) {
			return stage.toCompletableFuture();
		}
		ReactiveAdapter adapter = (result != null)
				? ReactiveAdapterRegistry.getSharedInstance().getAdapter(result.getClass(), result) : null;
		return (adapter != null) ? Flux.from(adapter.toPublisher(result)).then().toFuture() : null;
	}

	private static Exception cause(Exception ex) {
		Throwable cause = ex.getCause();
		if (cause instanceof Error error) {
			throw error;
		}
		return (cause instanceof Exception exception) ? exception : ex;
	}

}

package io.gestalt.timer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** Guards a timer, but calls nobody else while it does. */
final class TimerLock {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	/**
	 * Changes something.
	 * @param change gets a list to which it adds what is to be called afterwards
	 */
	void change(Consumer<List<Runnable>> change) {
		get((calls) -> {
			change.accept(calls);
			return null;
		});
	}

	/**
	 * Changes something, or reads it.
	 * @param change gets a list to which it adds what is to be called afterwards
	 */
	<T extends @Nullable Object> T get(Function<List<Runnable>, T> change) {
		List<Runnable> calls = new ArrayList<>(3);
		T result;
		this.lock.lock();
		try {
			result = change.apply(calls);
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		calls.forEach(Runnable::run);
		return result;
	}

	/** Waits until something is the case, or a time of {@link System#nanoTime()}. */
	boolean await(BooleanSupplier condition, long deadline) {
		this.lock.lock();
		try {
			while (!condition.getAsBoolean()) {
				long left = deadline - System.nanoTime();
				if (left <= 0 || !this.changed.await(left, TimeUnit.NANOSECONDS)) {
					return condition.getAsBoolean();
				}
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

}

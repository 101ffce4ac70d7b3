package io.gestalt.leak;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;

/** Collects the leaks that Netty finds, instead of leaving them to the log. */
final class LeakWatch {

	private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

	private static final int ROUNDS = 3;

	private static final int ALLOCATIONS = 32;

	private LeakWatch() {
	}

	/** Must come before the first buffer, because buffers keep the detector they find. */
	static void install() {
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {

			@Override
			@Deprecated
			public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval,
					long maxActive) {
				return new Recording<>(resource, samplingInterval);
			}

		});
	}

	/** Collects garbage, and returns and forgets the leaks that this brought to light. */
	static List<String> find() {
		for (int round = 0; round < ROUNDS && LEAKS.isEmpty(); round++) {
			System.gc();
			for (int i = 0; i < ALLOCATIONS; i++) {
				// Netty reports what was lost when it hands out something new.
				ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(16);
				buffer.release();
			}
		}
		List<String> found = List.copyOf(LEAKS);
		LEAKS.removeAll(found);
		return found;
	}

	/** Detector of one kind of resource. */
	private static final class Recording<T> extends ResourceLeakDetector<T> {

		Recording(Class<?> resource, int samplingInterval) {
			super(resource, samplingInterval);
		}

		@Override
		protected boolean needReport() {
			return true;
		}

		@Override
		protected void reportTracedLeak(String resource, String records) {
			LEAKS.add("%s was not released%s".formatted(resource, records));
		}

		@Override
		protected void reportUntracedLeak(String resource) {
			LEAKS.add("%s was not released".formatted(resource));
		}

	}

}

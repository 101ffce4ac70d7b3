package io.gestalt.benchmarks.server.process;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

import com.sun.management.ThreadMXBean;

/**
 * Heap bytes allocated by all threads of this process. A thread that died counts with
 * what was last seen of it, except on Java 21 and later, where the JVM knows.
 */
final class AllocatedBytes {

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final Map<Long, Long> lastSeen = new HashMap<>();

	long total() {
		try {
			return (long) ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes").invoke(this.threads);
		}
		catch (ReflectiveOperationException ex) {
			return sum();
		}
	}

	private long sum() {
		long[] ids = this.threads.getAllThreadIds();
		long[] allocated = this.threads.getThreadAllocatedBytes(ids);
		for (int i = 0; i < ids.length; i++) {
			if (allocated[i] >= 0) {
				this.lastSeen.put(ids[i], allocated[i]);
			}
		}
		return this.lastSeen.values().stream().mapToLong(Long::longValue).sum();
	}

}

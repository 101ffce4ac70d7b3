package io.gestalt.benchmarks.amqp.process;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/** CPU time of this process. */
final class CpuTime {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private CpuTime() {
	}

	static long nanos() {
		return SYSTEM.getProcessCpuTime();
	}

}

package io.gestalt.benchmarks.server;

import io.gestalt.benchmarks.workload.Workload;

/** What the handler of a Gestalt contender takes and returns. */
enum Handling {

	/** A {@code byte[]}, or with JSON an {@link io.gestalt.benchmarks.workload.Order}. */
	VALUES,

	/** The borrowed {@link io.netty.buffer.ByteBuf}, as raw Netty's handler does. */
	BUFFERS,

	/**
	 * A {@code byte[]} also with JSON, which the handler reads and writes by itself: the
	 * same work at the same place, without Gestalt's serializer.
	 */
	BY_HAND;

	boolean serves(Workload workload) {
		return switch (this) {
			case VALUES -> true;
			case BUFFERS -> !workload.json();
			case BY_HAND -> workload.json();
		};
	}

}

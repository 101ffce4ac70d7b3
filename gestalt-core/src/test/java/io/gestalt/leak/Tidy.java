package io.gestalt.leak;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

/** Is run in a process of its own, which must pass. */
class Tidy {

	@Test
	void releases() {
		ByteBufAllocator.DEFAULT.buffer(100).writeInt(1).release();
	}

}

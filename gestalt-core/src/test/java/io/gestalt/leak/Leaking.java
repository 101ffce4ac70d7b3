package io.gestalt.leak;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

/** Is run in a process of its own, which must fail. */
class Leaking {

	@Test
	void forgets() {
		ByteBufAllocator.DEFAULT.buffer(100).writeInt(1);
	}

}

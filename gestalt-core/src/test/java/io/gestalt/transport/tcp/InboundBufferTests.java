package io.gestalt.transport.tcp;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledHeapByteBuf;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InboundBufferTests {

	@Test
	void whatFindsNoMemoryIsReleased() {
		ByteBuf first = new UnpooledHeapByteBuf(new ExhaustedAllocator(), 4, 4).setInt(0, 1).writerIndex(4);
		ByteBuf second = Unpooled.copyInt(2);
		InboundBuffer buffer = new InboundBuffer();
		buffer.add(first);
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> buffer.add(second));
		assertThat(second.refCnt()).isZero();
		buffer.release();
		assertThat(first.refCnt()).isZero();
	}

	private static final class ExhaustedAllocator extends AbstractByteBufAllocator {

		@Override
		protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
			throw new OutOfMemoryError("No memory is left");
		}

		@Override
		protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
			throw new OutOfMemoryError("No memory is left");
		}

		@Override
		public boolean isDirectBufferPooled() {
			return false;
		}

	}

}

package io.gestalt.transport;

import java.util.concurrent.atomic.AtomicReferenceArray;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.internal.PlatformDependent;
import org.jspecify.annotations.Nullable;

/**
 * Buffers to encode into. A platform thread has one of its own; virtual threads, which
 * are many and live briefly, share a few.
 */
public final class Scratch {

	private static final int INITIAL = 512;

	private static final int KEPT = 64 * 1024;

	private static final int SHARED = 64;

	private static final FastThreadLocal<Scratch> OWN = new FastThreadLocal<>() {

		@Override
		protected Scratch initialValue() {
			return new Scratch();
		}

	};

	private static final AtomicReferenceArray<@Nullable ByteBuf> shared = new AtomicReferenceArray<>(SHARED);

	private @Nullable ByteBuf free;

	private Scratch() {
	}

	/** An empty buffer, which must be released by the same thread. */
	public static ByteBuf acquire() {
		Thread thread = Thread.currentThread();
		ByteBuf buffer;
		if (PlatformDependent.isVirtualThread(thread)) {
			buffer = shared.getAndSet(slot(thread), null);
		}
		else {
			Scratch own = OWN.get();
			buffer = own.free;
			own.free = null;
		}
		return (buffer != null) ? buffer.clear() : Unpooled.buffer(INITIAL);
	}

	/** Gives a buffer back, which must not be used any more. */
	public static void release(ByteBuf buffer) {
		Thread thread = Thread.currentThread();
		ByteBuf kept = (buffer.capacity() <= KEPT) ? buffer : null;
		if (PlatformDependent.isVirtualThread(thread)) {
			shared.lazySet(slot(thread), kept);
		}
		else {
			OWN.get().free = kept;
		}
	}

	@SuppressWarnings("deprecation") // threadId() is not there before Java 19
	private static int slot(Thread thread) {
		return (int) thread.getId() & (SHARED - 1);
	}

}

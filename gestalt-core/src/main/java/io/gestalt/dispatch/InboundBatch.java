package io.gestalt.dispatch;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Messages that wait for their handler, first in, first out. */
final class InboundBatch {

	private static final int INITIAL = 4;

	private static final int KEPT = 1024;

	private byte[] @Nullable [] payloads = new byte[INITIAL] @Nullable [];

	private int[] types = new int[INITIAL];

	private int next;

	private int end;

	private long bytes;

	int count() {
		return this.end - this.next;
	}

	long bytes() {
		return this.bytes;
	}

	void add(int type, byte[] payload) {
		if (this.end == this.types.length) {
			this.payloads = Arrays.copyOf(this.payloads, this.end * 2);
			this.types = Arrays.copyOf(this.types, this.end * 2);
		}
		this.payloads[this.end] = payload;
		this.types[this.end++] = type;
		this.bytes += payload.length;
	}

	int type() {
		return this.types[this.next];
	}

	byte[] remove() {
		byte[] payload = this.payloads[this.next];
		this.payloads[this.next++] = null;
		this.bytes -= payload.length;
		if (this.next == this.end) {
			this.next = 0;
			this.end = 0;
			shrink();
		}
		return payload;
	}

	/** Lets go of large arrays, so that a peer holds them no longer than its messages. */
	private void shrink() {
		if (this.types.length > KEPT) {
			this.payloads = new byte[INITIAL] @Nullable [];
			this.types = new int[INITIAL];
		}
	}

	/** Takes over all that another one holds. */
	void addAll(InboundBatch other) {
		while (other.count() > 0) {
			add(other.type(), other.remove());
		}
	}

}

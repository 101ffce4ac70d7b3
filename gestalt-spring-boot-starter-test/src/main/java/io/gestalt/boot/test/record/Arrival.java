package io.gestalt.boot.test.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Bytes that are decoded on this thread, on which their handler is called next.
 *
 * @param endpoint name of the endpoint
 * @param raw the bytes, for AMQP the very array that was delivered
 */
@SuppressWarnings("ArrayRecordComponent")
record Arrival(String endpoint, byte[] raw) {

	private static final int MOST = 1024;

	private static final ThreadLocal<Deque<Arrival>> DECODED = ThreadLocal.withInitial(ArrayDeque::new);

	/** Notes bytes; those of replies nobody takes. */
	static void note(String endpoint, byte[] raw) {
		Deque<Arrival> decoded = DECODED.get();
		if (decoded.size() == MOST) {
			decoded.removeFirst();
		}
		decoded.addLast(new Arrival(endpoint, raw));
	}

	/** The last ones of an endpoint, in order. */
	static List<byte[]> take(String endpoint, int count) {
		Deque<Arrival> decoded = DECODED.get();
		List<byte[]> taken = new ArrayList<>();
		while (taken.size() < count && !decoded.isEmpty()) {
			Arrival last = decoded.removeLast();
			if (last.endpoint.equals(endpoint)) {
				taken.add(0, last.raw);
			}
		}
		decoded.clear();
		return taken;
	}

}

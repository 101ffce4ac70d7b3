package io.gestalt.boot.test.record;

/** Knows of messages that came through a broker what became of them. */
@FunctionalInterface
public interface SettlementSource {

	/**
	 * A message has arrived.
	 * @param reception is told what becomes of it
	 * @param raw the very arrays that were delivered
	 * @return whether this source will tell it
	 */
	boolean follow(Reception reception, Iterable<byte[]> raw);

}

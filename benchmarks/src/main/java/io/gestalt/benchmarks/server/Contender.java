package io.gestalt.benchmarks.server;

import java.util.concurrent.atomic.LongAdder;

import io.gestalt.benchmarks.workload.Workload;

/**
 * A kind of server that takes part in the comparison. It binds a free port of 127.0.0.1,
 * reads frames as its {@link io.gestalt.benchmarks.workload.Wire} says and does with each
 * payload what {@link Workload} says: bytes are echoed as they are, JSON is read into an
 * {@link io.gestalt.benchmarks.workload.Order} and the reply written from that; a one-way
 * server reads but does not reply. Replies keep the order of a connection's requests. At
 * least 10,100 connections must be possible where the contender is to take part with many
 * peers.
 */
@FunctionalInterface
public interface Contender {

	/**
	 * Starts the server.
	 * @param workload what to serve; its size is a hint that no server may use
	 * @param handled to be incremented once per message, before its reply is sent
	 * @return the server, bound
	 * @throws Exception if it cannot start
	 */
	RunningServer start(Workload workload, LongAdder handled) throws Exception;

}

package io.gestalt.benchmarks.amqp;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.gestalt.benchmarks.amqp.process.ContenderProcess;
import io.gestalt.benchmarks.amqp.workload.Place;
import io.gestalt.benchmarks.amqp.workload.Role;
import io.gestalt.benchmarks.client.RunResult;
import io.gestalt.benchmarks.run.ChildProcess;
import org.jspecify.annotations.Nullable;

/**
 * One contender and its queue, in a process of its own; with RPC in two, as services and
 * their callers are.
 */
final class ContenderChild implements AutoCloseable {

	/** Drained within about a second. */
	private static final int MESSAGES_PER_SECOND = 30_000;

	private static final Duration LIMIT = Duration.ofMinutes(3);

	private final Queues queues;

	private final Place place;

	private final ChildProcess process;

	private final @Nullable ChildProcess responder;

	private ContenderChild(Queues queues, Place place, ChildProcess process, @Nullable ChildProcess responder) {
		this.queues = queues;
		this.place = place;
		this.process = process;
		this.responder = responder;
	}

	/** Starts a contender, which {@link #awaitReady} waits for. */
	static ContenderChild start(String contender, Queues queues, Place place) {
		Role role = place.workload().mode().role();
		return new ContenderChild(queues, place, process(contender, role, place),
				(role == Role.REQUESTER) ? process(contender, Role.RESPONDER, place) : null);
	}

	private static ChildProcess process(String contender, Role role, Place place) {
		return ChildProcess.start(ContenderProcess.class, contender, role.name(), place.workload().name(),
				place.broker(), place.queue());
	}

	void awaitReady() {
		this.process.answer(LIMIT);
		if (this.responder != null) {
			this.responder.answer(LIMIT);
		}
	}

	/** Plays a round. */
	AmqpSample play(Duration duration) throws IOException, InterruptedException, TimeoutException {
		return switch (this.place.workload().mode().role()) {
			case PUBLISHER -> publish(duration);
			case CONSUMER -> consume(duration);
			case REQUESTER, RESPONDER -> request(duration);
		};
	}

	/**
	 * Until the broker has all, so that what waits in buffers does not count. What is
	 * confirmed it has.
	 */
	private AmqpSample publish(Duration duration) throws IOException {
		this.queues.purge(this.place);
		RunResult run = play(this.process, duration.toMillis());
		long sent = System.nanoTime();
		if (!this.place.workload().confirms()) {
			this.queues.awaitLast(this.place);
		}
		return AmqpSample.of(run, System.nanoTime() - sent, 0);
	}

	private AmqpSample consume(Duration duration) throws IOException, InterruptedException, TimeoutException {
		int messages = (int) Math.max(1, duration.toMillis() * MESSAGES_PER_SECOND / 1000);
		this.queues.fill(this.place, messages);
		AmqpSample sample = AmqpSample.of(play(this.process, messages), 0, 0);
		long left = this.queues.depth(this.place);
		if (left != 0) {
			throw new IllegalStateException(
					"Queue '%s' has %d messages that nobody acknowledged".formatted(this.place.queue(), left));
		}
		return sample;
	}

	private AmqpSample request(Duration duration) {
		long before = responderCpuNanos();
		RunResult run = play(this.process, duration.toMillis());
		return AmqpSample.of(run, 0, responderCpuNanos() - before);
	}

	private long responderCpuNanos() {
		return (this.responder != null) ? play(this.responder, 0).cpuNanos() : 0;
	}

	private static RunResult play(ChildProcess process, long length) {
		return RunResult.parse(process.ask("play " + length, LIMIT));
	}

	@Override
	public void close() {
		this.process.close();
		if (this.responder != null) {
			this.responder.close();
		}
	}

}

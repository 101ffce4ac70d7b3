package io.gestalt.boot.test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.gestalt.boot.test.record.Journal;
import io.gestalt.boot.test.record.Reception;
import io.gestalt.boot.test.record.SentMessage;
import io.gestalt.endpoint.Endpoint;

/** Answers from the journal of its endpoint. */
public abstract class JournalTester implements EndpointTester, AutoCloseable {

	private final Endpoint endpoint;

	private final Journal journal;

	protected JournalTester(Endpoint endpoint, Journal journal) {
		this.endpoint = endpoint;
		this.journal = journal;
	}

	@Override
	public final Endpoint endpoint() {
		return this.endpoint;
	}

	protected final Journal journal() {
		return this.journal;
	}

	/** Is there before the application's own endpoints open. */
	public void start() {
	}

	/** Forgets what belongs to one test. */
	public void reset() {
	}

	@Override
	public abstract void close();

	@Override
	public final Reception awaitReception() {
		return this.journal.awaitReception("received nothing", (each) -> true);
	}

	@Override
	public final <T> Reception awaitReception(Class<T> payloadType) {
		return this.journal.awaitReception("received no '%s'".formatted(payloadType.getSimpleName()),
				(each) -> payloadType.isInstance(each.payload()));
	}

	@Override
	public final List<Reception> awaitReceptions(int count) {
		return IntStream.range(0, count)
			.mapToObj((index) -> this.journal.awaitReception("received %d of %d messages".formatted(index, count),
					(each) -> true))
			.toList();
	}

	@Override
	public final SentMessage awaitSent() {
		return this.journal.awaitSent("sent nothing", (each) -> true);
	}

	@Override
	public final void assertNothingReceived(Duration quiet) {
		this.journal.assertQuiet("received something", quiet, true);
	}

	@Override
	public final void assertNothingSent(Duration quiet) {
		this.journal.assertQuiet("sent something", quiet, false);
	}

	@Override
	public final List<Reception> receptions() {
		return this.journal.receptions();
	}

	@Override
	public final List<SentMessage> sent() {
		return this.journal.sent();
	}

}

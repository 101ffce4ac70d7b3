package io.gestalt.failed.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessageStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps failed messages in memory, bounded in number and bytes, and has them written down
 * by a {@link Journal}. The oldest makes room for the newest.
 */
public final class BoundedStore implements FailedMessageStore, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(BoundedStore.class);

	private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

	private final StoreLimits limits;

	private final Journal journal;

	private final TreeMap<Long, FailedMessage> messages = new TreeMap<>();

	private final Map<String, Tally> tallies = new HashMap<>();

	private final Tally all = new Tally();

	private long nextId;

	private long untold;

	private long told = System.nanoTime() - QUIET;

	private boolean closed;

	/** Keeps messages as long as the application runs. */
	public BoundedStore(StoreLimits limits) {
		this(limits, Journal.NONE);
	}

	/** Keeps messages, and those that the journal knows from before. */
	public BoundedStore(StoreLimits limits, Journal journal) {
		this.limits = limits;
		this.journal = journal;
		Journal.Recovered recovered = journal.recover();
		this.nextId = recovered.nextId();
		recovered.messages().forEach(this::put);
		makeRoom(this.messages.isEmpty() ? 0 : this.messages.lastKey());
	}

	@Override
	public synchronized FailedMessage add(FailedMessage draft) {
		FailedMessage message = draft.withId(this.nextId++);
		put(message);
		this.journal.put(message);
		makeRoom(message.id());
		tidy();
		return message;
	}

	private void put(FailedMessage message) {
		long size = message.size();
		FailedMessage before = this.messages.put(message.id(), message);
		if (before != null) {
			count(before, -1, before.size());
		}
		count(message, 1, size);
	}

	private void count(FailedMessage message, int sign, long size) {
		for (Tally tally : tallies(message)) {
			tally.kept += sign;
			tally.bytes += sign * size;
		}
	}

	private List<Tally> tallies(FailedMessage message) {
		return List.of(this.all, this.tallies.computeIfAbsent(message.endpoint(), (endpoint) -> new Tally()));
	}

	/** What has just come or changed stays, however large it is. */
	private void makeRoom(long kept) {
		while (this.messages.size() > 1
				&& (this.messages.size() > this.limits.maxMessages() || this.all.bytes > this.limits.maxBytes())) {
			FailedMessage oldest = this.messages.values()
				.stream()
				.filter((message) -> message.id() != kept)
				.findFirst()
				.orElseThrow();
			forget(oldest);
			tallies(oldest).forEach((tally) -> tally.evicted++);
			this.untold++;
			tell(oldest);
		}
	}

	private void tell(FailedMessage oldest) {
		long now = System.nanoTime();
		if (now - this.told >= QUIET) {
			logger
				.warn("The store of failed messages is full: {} of the oldest, the last of endpoint '{}', made room for "
						+ "newer ones. Replay or discard what is there, or raise 'gestalt.failed-messages.max-messages' "
						+ "({}) or 'max-bytes' ({})", this.untold, oldest.endpoint(), this.limits.maxMessages(),
						this.limits.maxBytes());
			this.told = now;
			this.untold = 0;
		}
	}

	private void forget(FailedMessage message) {
		this.messages.remove(message.id());
		count(message, -1, message.size());
		this.journal.remove(message.id());
	}

	private void tidy() {
		if (this.journal.wantsRewrite()) {
			this.journal.rewrite(this.messages.values(), this.nextId);
		}
	}

	@Override
	public synchronized @Nullable FailedMessage find(long id) {
		return this.messages.get(id);
	}

	@Override
	public synchronized List<FailedMessage> list(@Nullable String endpoint, long after, int limit) {
		return this.messages.tailMap(after, false)
			.values()
			.stream()
			.filter((message) -> endpoint == null || endpoint.equals(message.endpoint()))
			.limit(limit)
			.toList();
	}

	@Override
	public synchronized boolean replace(FailedMessage message) {
		if (!this.messages.containsKey(message.id())) {
			return false;
		}
		put(message);
		this.journal.put(message);
		makeRoom(message.id());
		tidy();
		return true;
	}

	@Override
	public synchronized boolean remove(long id) {
		FailedMessage message = this.messages.get(id);
		if (message == null) {
			return false;
		}
		forget(message);
		tidy();
		return true;
	}

	@Override
	public synchronized Counts counts(@Nullable String endpoint) {
		Tally tally = (endpoint != null) ? this.tallies.getOrDefault(endpoint, new Tally()) : this.all;
		return new Counts(tally.kept, tally.bytes, tally.evicted, this.journal.lost());
	}

	/**
	 * What fails from now on is not written down any more. What could not be written
	 * before gets a last chance.
	 */
	@Override
	public synchronized void close() {
		if (!this.closed && this.journal.lost() > 0) {
			this.journal.rewrite(this.messages.values(), this.nextId);
		}
		this.closed = true;
		this.journal.close();
	}

	private static final class Tally {

		private long kept;

		private long bytes;

		private long evicted;

	}

}

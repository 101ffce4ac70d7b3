package io.gestalt.dispatch.backlog;

/**
 * What of one lane waits or is being handled, and whether more may be read for it. The
 * reading thread asks per message, but shares what it knows per batch only.
 */
public final class Backlog {

	private static final int SHARED_BYTES = 64 * 1024;

	private final LaneLimits limits;

	private int arriving;

	private long arrivingBytes;

	private int unshared;

	private long unsharedBytes;

	/** An upper bound of what is outstanding, of the reading thread. */
	private int known;

	private long knownBytes;

	private volatile boolean reading = true;

	private int outstanding;

	private long outstandingBytes;

	public Backlog(LaneLimits limits) {
		this.limits = limits;
	}

	/** Whether another message may be read; if not, {@link #remove} tells when. */
	public boolean hasRoom() {
		return (this.reading && hasRoom(this.known, this.knownBytes)) || lookAgain();
	}

	private boolean hasRoom(int count, long bytes) {
		int all = count + this.arriving;
		return all < this.limits.capacity() && bytes + this.arrivingBytes < this.limits.maxSize()
				&& this.limits.hasRoom(all);
	}

	private synchronized boolean lookAgain() {
		learn();
		this.reading = hasRoom(this.outstanding, this.outstandingBytes);
		return this.reading;
	}

	private void learn() {
		this.known = this.outstanding;
		this.knownBytes = this.outstandingBytes;
	}

	/** A message was read. */
	public void arrived(int size) {
		this.arriving++;
		this.arrivingBytes += size;
		this.unshared++;
		this.unsharedBytes += size;
		if (this.unshared >= this.limits.step() || this.unsharedBytes > SHARED_BYTES) {
			share();
		}
	}

	private void share() {
		this.limits.taken(this.unshared, this.unsharedBytes);
		this.unshared = 0;
		this.unsharedBytes = 0;
	}

	/** All that was read waits for its handler from now on. */
	public void add() {
		share();
		synchronized (this) {
			this.outstanding += this.arriving;
			this.outstandingBytes += this.arrivingBytes;
			learn();
		}
		this.arriving = 0;
		this.arrivingBytes = 0;
	}

	/** Nothing of what was read will be handled. */
	public void discard() {
		share();
		this.limits.released(this.arriving, this.arrivingBytes);
		this.arriving = 0;
		this.arrivingBytes = 0;
	}

	/** Messages are done with; tells whether reading may go on that had to stop. */
	public boolean remove(int count, long bytes) {
		this.limits.released(count, bytes);
		synchronized (this) {
			this.outstanding -= count;
			this.outstandingBytes -= bytes;
			boolean resume = !this.reading && this.outstanding <= this.limits.capacity() / 2
					&& this.outstandingBytes <= this.limits.maxSize() / 2;
			this.reading = this.reading || resume;
			return resume;
		}
	}

	/** How many messages wait or are being handled, without those just read. */
	public synchronized int count() {
		return this.outstanding;
	}

}

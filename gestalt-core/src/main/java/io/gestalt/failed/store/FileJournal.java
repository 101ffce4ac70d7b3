package io.gestalt.failed.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.store.JournalFile.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes failed messages down in a file that outlives the process, however that ends.
 * What was written is with the operating system when a call returns, and on the disk if
 * that is asked for. The file is written anew when most of it is of no use any more.
 */
public final class FileJournal implements Journal {

	private static final Logger logger = LoggerFactory.getLogger(FileJournal.class);

	/** How much of no use a file may hold that is nearly empty. */
	private static final long SLACK = 1024 * 1024;

	private static final long RETRY = TimeUnit.SECONDS.toNanos(10);

	private final Path path;

	private final boolean fsync;

	private final FileChannel lock;

	private JournalFile file;

	private boolean closed;

	/** Whether something is in memory only. */
	private boolean failed;

	/** When the file may be written anew, by {@link System#nanoTime()}. */
	private long nextRewrite = System.nanoTime();

	private long lost;

	/** How long the file was when all of it was of use. */
	private long used;

	private FileJournal(Path path, boolean fsync, FileChannel lock, JournalFile file) {
		this.path = path;
		this.fsync = fsync;
		this.lock = lock;
		this.file = file;
	}

	/**
	 * Opens a file, creating it and its directory if need be.
	 * @param file where messages are written down
	 * @param fsync whether each entry goes to the disk at once, to survive a loss of
	 * power too
	 * @throws StoreException if it cannot be used, or another process uses it
	 */
	public static FileJournal open(Path file, boolean fsync) {
		Path path = file.toAbsolutePath();
		try {
			Path parent = path.getParent();
			if (parent != null) {
				Files.createDirectories(parent);
			}
			FileChannel lock = lock(path);
			try {
				Files.deleteIfExists(sibling(path, ".new"));
				return new FileJournal(path, fsync, lock, JournalFile.open(path, fsync));
			}
			catch (IOException | RuntimeException ex) {
				lock.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new StoreException(path, "File '%s' cannot keep failed messages: %s".formatted(path, ex), ex);
		}
	}

	/** The lock has a file of its own, as the journal itself is replaced at times. */
	private static FileChannel lock(Path path) throws IOException {
		Path beside = sibling(path, ".lock");
		JournalFile.create(beside);
		FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE);
		FileLock lock = null;
		try {
			lock = channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			// said below
		}
		if (lock == null) {
			channel.close();
			throw new StoreException(path, "File '%s' is used by another application".formatted(path), null);
		}
		return channel;
	}

	private static Path sibling(Path path, String suffix) {
		return path.resolveSibling(path.getFileName() + suffix);
	}

	@Override
	public Recovered recover() {
		try {
			return read();
		}
		catch (IOException ex) {
			throw new StoreException(this.path, "File '%s' cannot be read: %s".formatted(this.path, ex), ex);
		}
	}

	private Recovered read() throws IOException {
		Map<Long, FailedMessage> messages = new TreeMap<>();
		long nextId = 1;
		for (Entry entry = this.file.next(); entry != null; entry = this.file.next()) {
			long id = apply(entry, messages);
			nextId = Math.max(nextId, id);
		}
		if (this.file.rest() > 0) {
			this.lost++;
		}
		if (this.lost > 0) {
			salvage(messages.size());
			rewrite(messages.values(), nextId);
		}
		return new Recovered(List.copyOf(messages.values()), nextId);
	}

	/** Tells which number is the first that was not given, as far as the entry knows. */
	private long apply(Entry entry, Map<Long, FailedMessage> messages) {
		try {
			switch (entry.kind()) {
				case Entry.PUT -> {
					FailedMessage message = MessageBytes.read(entry.body());
					messages.put(message.id(), message);
					return message.id() + 1;
				}
				case Entry.REMOVE -> messages.remove(entry.number());
				case Entry.NEXT -> {
					return entry.number();
				}
				default -> this.lost++;
			}
		}
		catch (IOException | RuntimeException ex) {
			this.lost++;
		}
		return 0;
	}

	private void salvage(int messages) throws IOException {
		Path copy = sibling(this.path, ".damaged");
		long rest = this.file.rest();
		Files.copy(this.path, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
		this.file.cut();
		logger.warn(
				"File '{}' of failed messages was damaged: {} entries could not be read, the last {} bytes were cut "
						+ "off, {} messages are left. What it was is in '{}'",
				this.path, this.lost, rest, messages, copy);
	}

	@Override
	public void put(FailedMessage message) {
		try {
			append(Entry.PUT, MessageBytes.of(message));
		}
		catch (IOException ex) {
			failed(ex);
		}
	}

	@Override
	public void remove(long id) {
		try {
			append(Entry.REMOVE, Entry.number(id));
		}
		catch (IOException ex) {
			failed(ex);
		}
	}

	/** What is gone needs little room, and would come again. */
	private void append(byte kind, byte[] body) throws IOException {
		if (this.closed) {
			throw new IOException("The file is closed");
		}
		if (!this.failed || kind == Entry.REMOVE) {
			this.file.append(kind, body);
		}
		else {
			this.lost++;
		}
	}

	private void failed(IOException cause) {
		this.lost++;
		if (!this.failed) {
			logger.error("File '{}' cannot take what happens to failed messages, which is kept in memory only until it "
					+ "can be written again: {}", this.path, cause.toString());
			this.failed = true;
			this.nextRewrite = System.nanoTime();
		}
	}

	@Override
	public boolean wantsRewrite() {
		return !this.closed && System.nanoTime() - this.nextRewrite >= 0
				&& (this.failed || this.file.length() > SLACK + 2 * this.used);
	}

	@Override
	public void rewrite(Collection<FailedMessage> messages, long nextId) {
		Path next = sibling(this.path, ".new");
		try {
			Files.deleteIfExists(next);
			this.used = write(next, messages, nextId);
			replace(next, this.used);
			if (this.failed) {
				logger.info("File '{}' takes failed messages again", this.path);
				this.failed = false;
			}
		}
		catch (IOException | StoreException ex) {
			this.nextRewrite = System.nanoTime() + RETRY;
			logger.warn("File '{}' of failed messages could not be written anew: {}", this.path, ex.toString());
			discard(next);
		}
	}

	/** If the other file cannot take its place, this one goes on to be used. */
	private void replace(Path next, long nextEnd) throws IOException {
		long end = this.file.length();
		this.file.close();
		try {
			Files.move(next, this.path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			end = nextEnd;
		}
		finally {
			this.file = JournalFile.open(this.path, this.fsync);
			this.file.skipTo(end);
		}
	}

	/** Half of a file only takes room. */
	private static void discard(Path next) {
		try {
			Files.deleteIfExists(next);
		}
		catch (IOException ex) {
			logger.debug("File '{}' could not be deleted", next, ex);
		}
	}

	private static long write(Path path, Collection<FailedMessage> messages, long nextId) throws IOException {
		try (JournalFile fresh = JournalFile.open(path, false)) {
			fresh.append(Entry.NEXT, Entry.number(nextId));
			for (FailedMessage message : messages) {
				fresh.append(Entry.PUT, MessageBytes.of(message));
			}
			fresh.force();
			return fresh.length();
		}
	}

	@Override
	public long lost() {
		return this.lost;
	}

	@Override
	public void close() {
		this.closed = true;
		try (this.lock) {
			this.file.close();
		}
		catch (IOException ex) {
			logger.warn("File '{}' could not be closed", this.path, ex);
		}
	}

}

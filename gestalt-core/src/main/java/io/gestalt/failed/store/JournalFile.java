package io.gestalt.failed.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * A file of entries, to which is only appended. Handlers leave threads interrupted, which
 * closes a channel, but not a {@link RandomAccessFile}.
 *
 * <pre>
 * file:    "GSTFAIL1" | entry | entry | ...
 *
 * 0        4        8      9
 * +--------+--------+------+----------+
 * | length | crc32c | kind |   body   |   length: u32, counts kind and body
 * +--------+--------+------+----------+   crc32c: of kind and body
 * </pre>
 */
final class JournalFile implements AutoCloseable {

	private static final byte[] MAGIC = "GSTFAIL1".getBytes(StandardCharsets.US_ASCII);

	private static final int HEADER_LENGTH = 8;

	private final Path path;

	private final RandomAccessFile bytes;

	private final boolean fsync;

	/** Tells this file from another of the same name, where the file system can. */
	private final @Nullable Object key;

	/** Where the next entry begins. */
	private long end;

	private JournalFile(Path path, boolean fsync) throws IOException {
		this.path = path;
		this.fsync = fsync;
		this.key = key(path);
		this.bytes = new RandomAccessFile(path.toFile(), "rw");
	}

	/** Creates or opens a file, for its owner only where the file system knows owners. */
	static JournalFile open(Path path, boolean fsync) throws IOException {
		create(path);
		JournalFile file = new JournalFile(path, fsync);
		try {
			file.begin(path);
			return file;
		}
		catch (IOException | RuntimeException ex) {
			file.close();
			throw ex;
		}
	}

	static void create(Path path) throws IOException {
		boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
		FileAttribute<?>[] attributes = posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
		try {
			Files.createFile(path, attributes);
		}
		catch (FileAlreadyExistsException ex) {
			// used as it is
		}
	}

	private void begin(Path path) throws IOException {
		byte[] start = new byte[(int) Math.min(MAGIC.length, this.bytes.length())];
		read(0, start);
		for (int i = 0; i < start.length; i++) {
			if (start[i] != MAGIC[i]) {
				throw new StoreException(path, "File '%s' holds no failed messages".formatted(path), null);
			}
		}
		write(0, MAGIC);
		this.end = MAGIC.length;
	}

	/** How long the file is as far as it was written and read. */
	long length() {
		return this.end;
	}

	/** Goes on behind entries that need not be read. */
	void skipTo(long position) {
		this.end = position;
	}

	/** What lies behind the last entry that was read. */
	long rest() throws IOException {
		return this.bytes.length() - this.end;
	}

	/** Reads the next entry, {@code null} if there is no whole one. */
	@Nullable Entry next() throws IOException {
		ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH);
		if (rest() < HEADER_LENGTH) {
			return null;
		}
		read(this.end, header.array());
		int length = header.getInt(0);
		if (length < 1 || length > rest() - HEADER_LENGTH) {
			return null;
		}
		byte[] content = new byte[length];
		read(this.end + HEADER_LENGTH, content);
		this.end += HEADER_LENGTH + length;
		boolean sound = crc(content) == header.getInt(4);
		return new Entry(sound ? content[0] : Entry.DAMAGED, content);
	}

	private void read(long position, byte[] target) throws IOException {
		this.bytes.seek(position);
		this.bytes.readFully(target);
	}

	/**
	 * Appends an entry, whole or not at all.
	 * @throws IOException if it cannot be written, or others have changed the file, so
	 * that nobody would find the entry
	 */
	void append(byte kind, byte[] body) throws IOException {
		checkUnchanged();
		byte[] content = new byte[1 + body.length];
		content[0] = kind;
		System.arraycopy(body, 0, content, 1, body.length);
		ByteBuffer entry = ByteBuffer.allocate(HEADER_LENGTH + content.length);
		entry.putInt(content.length).putInt(crc(content)).put(content);
		try {
			write(this.end, entry.array());
		}
		catch (IOException ex) {
			cut();
			throw ex;
		}
		this.end += HEADER_LENGTH + content.length;
		if (this.fsync) {
			force();
		}
	}

	private void checkUnchanged() throws IOException {
		if (!Objects.equals(key(this.path), this.key)) {
			throw new IOException("another file has taken its place");
		}
		if (this.bytes.length() < this.end) {
			throw new IOException("it has only %d of %d bytes".formatted(this.bytes.length(), this.end));
		}
	}

	private static @Nullable Object key(Path path) throws IOException {
		return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
	}

	private void write(long position, byte[] source) throws IOException {
		this.bytes.seek(position);
		this.bytes.write(source);
	}

	/** Removes what lies behind the last whole entry. */
	void cut() throws IOException {
		this.bytes.setLength(this.end);
	}

	void force() throws IOException {
		this.bytes.getFD().sync();
	}

	private static int crc(byte[] content) {
		CRC32C crc = new CRC32C();
		crc.update(content);
		return (int) crc.getValue();
	}

	@Override
	public void close() throws IOException {
		this.bytes.close();
	}

	/**
	 * What was read.
	 *
	 * @param kind what it is
	 * @param content the kind, and its body
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Entry(byte kind, byte[] content) {

		/** An entry whose bytes have changed. */
		static final byte DAMAGED = 0;

		/** A message. */
		static final byte PUT = 1;

		/** The number of a message that is gone. */
		static final byte REMOVE = 2;

		/** The first number that was never given. */
		static final byte NEXT = 3;

		byte[] body() {
			return Arrays.copyOfRange(this.content, 1, this.content.length);
		}

		long number() {
			return ByteBuffer.wrap(this.content, 1, Long.BYTES).getLong();
		}

		static byte[] number(long number) {
			return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
		}

	}

}

package io.gestalt.failed.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;

import io.gestalt.failed.Content;
import io.gestalt.failed.FailedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SuppressWarnings("JavaUtilDate")
class FileJournalTests {

	private static final StoreLimits LIMITS = new StoreLimits(100, 1_000_000);

	private final Path file;

	FileJournalTests(@TempDir Path directory) {
		this.file = directory.resolve("not/yet/there/failed.log");
	}

	private BoundedStore open() {
		return open(LIMITS);
	}

	private BoundedStore open(StoreLimits limits) {
		return new BoundedStore(limits, FileJournal.open(this.file, false));
	}

	@Test
	void whatWasKeptIsThereAgainWithAllThatIsKnown() {
		Map<String, Object> headers = Map.of("text", "ä", "int", 7, "long", 7L, "short", (short) 7, "byte", (byte) 7,
				"double", 7.5, "float", 7.5f, "truth", true, "date", new Date(17), "list",
				List.of(1, Map.of("a", "b")));
		FailedMessage kept;
		try (BoundedStore store = open()) {
			kept = store.add(Messages.of("orders", new Content(-1, headers, new byte[] { 1, 2 }, 300)));
		}
		try (BoundedStore store = open()) {
			FailedMessage read = store.find(kept.id());
			assertThat(read).usingRecursiveComparison().isEqualTo(kept);
			assertThat(read.content().headers()).isEqualTo(headers);
			assertThat(read.content().isCut()).isTrue();
		}
	}

	@Test
	void whatWasReplacedRemovedOrEvictedStaysSo() {
		try (BoundedStore store = open(new StoreLimits(3, 1_000_000))) {
			for (String payload : new String[] { "a", "b", "c", "d" }) {
				store.add(Messages.of(payload));
			}
			store.replace(Messages.of("C").withId(3));
			store.remove(2);
		}
		try (BoundedStore store = open()) {
			assertThat(Messages.texts(store)).containsExactly("C", "d");
			assertThat(store.add(Messages.of("e")).id()).isEqualTo(5);
			assertThat(store.counts(null).lost()).isZero();
		}
	}

	@Test
	void aThreadThatIsInterruptedWritesDownAllTheSame() {
		try (BoundedStore store = new BoundedStore(LIMITS, FileJournal.open(this.file, true))) {
			store.add(Messages.of("before"));
			Thread.currentThread().interrupt();
			try {
				store.remove(1);
				for (int i = 0; i < 300; i++) {
					store.remove(store.add(Messages.of("orders", new byte[5000])).id());
				}
				store.add(Messages.of("interrupted"));
			}
			finally {
				assertThat(Thread.interrupted()).isTrue();
			}
			store.add(Messages.of("after"));
			assertThat(store.counts(null).lost()).isZero();
		}
		try (BoundedStore store = open()) {
			assertThat(Messages.texts(store)).containsExactly("interrupted", "after");
		}
	}

	@Test
	void aTornTailIsCutOffAndCounted() throws IOException {
		try (BoundedStore store = open()) {
			store.add(Messages.of("a"));
			store.add(Messages.of("b"));
		}
		byte[] whole = Files.readAllBytes(this.file);
		for (int cut : new int[] { 1, 5, 20, 60 }) {
			Files.write(this.file, Arrays.copyOf(whole, whole.length - cut));
			try (BoundedStore store = open()) {
				assertThat(Messages.texts(store)).containsExactly("a");
				assertThat(store.counts(null).lost()).isEqualTo(1);
				store.add(Messages.of("c"));
			}
			try (BoundedStore store = open()) {
				assertThat(Messages.texts(store)).containsExactly("a", "c");
				assertThat(store.counts(null).lost()).isZero();
			}
		}
		assertThat(this.file.resolveSibling("failed.log.damaged")).exists();
	}

	@Test
	void anEntryThatHasChangedIsLeftOutAndThoseBehindItAreRead() throws IOException {
		try (BoundedStore store = open()) {
			store.add(Messages.of("aaaaaaaa"));
			store.add(Messages.of("b"));
		}
		byte[] bytes = Files.readAllBytes(this.file);
		String text = new String(bytes, StandardCharsets.ISO_8859_1);
		bytes[text.indexOf("aaaaaaaa")]++;
		Files.write(this.file, bytes);
		try (BoundedStore store = open()) {
			assertThat(Messages.texts(store)).containsExactly("b");
			assertThat(store.counts(null).lost()).isEqualTo(1);
			store.add(Messages.of("c"));
		}
		Path copy = this.file.resolveSibling("failed.log.damaged");
		assertThat(copy).hasBinaryContent(bytes);
		try (BoundedStore store = open()) {
			assertThat(Messages.texts(store)).containsExactly("b", "c");
			assertThat(store.counts(null).lost()).isZero();
			assertThat(store.add(Messages.of("d")).id()).isEqualTo(4);
		}
		assertThat(copy).hasBinaryContent(bytes);
	}

	@Test
	void anyPrefixOfAFileCanBeRead() throws IOException {
		try (BoundedStore store = open()) {
			store.add(Messages.of("a"));
			store.remove(1);
			store.add(Messages.of("b"));
		}
		byte[] whole = Files.readAllBytes(this.file);
		for (int length = 0; length < whole.length; length++) {
			Files.write(this.file, Arrays.copyOf(whole, length));
			try (BoundedStore store = open()) {
				assertThat(store.counts(null).kept()).as("messages in %d bytes", length).isLessThanOrEqualTo(1);
			}
		}
	}

	@Test
	void theFileStaysSmallWhateverComesAndGoes() throws IOException {
		try (BoundedStore store = open(new StoreLimits(10, 100_000))) {
			for (int i = 0; i < 3000; i++) {
				store.add(Messages.of("orders", new byte[5000]));
				assertThat(Files.size(this.file)).isLessThan(1024 * 1024 + 2 * 100_000 + 6000);
			}
			assertThat(store.counts(null).evicted()).isEqualTo(2990);
		}
		try (BoundedStore store = open()) {
			assertThat(store.list(null, 0, 100)).extracting(FailedMessage::id)
				.containsExactly(2991L, 2992L, 2993L, 2994L, 2995L, 2996L, 2997L, 2998L, 2999L, 3000L);
		}
	}

	@Test
	void textsThatTakeSeveralBytesPerCharacterAreNotWrittenAnewEachTime() throws IOException {
		int rewrites = 0;
		Content content = new Content(0, Map.of("note", "注".repeat(10_000)), new byte[0]);
		try (BoundedStore store = open(new StoreLimits(1000, 10_000_000))) {
			Object before = key();
			for (int i = 0; i < 200; i++) {
				store.add(Messages.of("orders", content));
				Object after = key();
				rewrites += after.equals(before) ? 0 : 1;
				before = after;
			}
		}
		assertThat(rewrites).isBetween(1, 4);
	}

	private Object key() throws IOException {
		return Files.readAttributes(this.file, BasicFileAttributes.class).fileKey();
	}

	@Test
	void numbersAreNotGivenTwiceThoughNothingIsLeft() {
		try (BoundedStore store = open()) {
			for (int i = 0; i < 300; i++) {
				store.remove(store.add(Messages.of("orders", new byte[5000])).id());
			}
		}
		try (BoundedStore store = open()) {
			assertThat(store.add(Messages.of("a")).id()).isEqualTo(301);
		}
	}

	@Test
	void aSecondUserIsRefused() {
		try (BoundedStore store = open()) {
			store.add(Messages.of("a"));
			assertThatExceptionOfType(StoreException.class).isThrownBy(this::open)
				.withMessage("File '%s' is used by another application".formatted(this.file));
		}
		open().close();
	}

	@Test
	void aFileOfSomethingElseIsLeftAlone() throws IOException {
		Files.createDirectories(this.file.getParent());
		Files.writeString(this.file, "something else");
		assertThatExceptionOfType(StoreException.class).isThrownBy(this::open)
			.withMessage("File '%s' holds no failed messages".formatted(this.file));
		assertThat(this.file).hasContent("something else");
	}

	@Test
	void aFileThatOthersHaveCutIsNotWrittenBehindItsEnd() throws IOException {
		try (BoundedStore store = open()) {
			store.add(Messages.of("a"));
			Files.write(this.file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
			store.add(Messages.of("b"));
			assertThat(store.counts(null).lost()).isEqualTo(1);
			assertThat(written()).containsExactly("a", "b");
		}
		try (BoundedStore store = open()) {
			assertThat(Messages.texts(store)).containsExactly("a", "b");
		}
	}

	@Test
	void whatOthersHaveAppendedIsWrittenOver() throws IOException {
		try (BoundedStore store = open()) {
			store.add(Messages.of("a"));
			Files.write(this.file, new byte[] { 0, 0, 0, 5, 1, 2, 3 }, StandardOpenOption.APPEND);
			store.add(Messages.of("b"));
			assertThat(store.counts(null).lost()).isZero();
		}
		try (BoundedStore store = open()) {
			assertThat(Messages.texts(store)).containsExactly("a", "b");
		}
	}

	@Test
	void aFileThatWasMovedAwayIsWrittenAnew() throws IOException {
		Path away = this.file.resolveSibling("failed.log.1");
		try (BoundedStore store = open()) {
			store.add(Messages.of("a"));
			Files.move(this.file, away);
			store.add(Messages.of("b"));
			assertThat(store.counts(null).lost()).isEqualTo(1);
		}
		assertThat(Files.size(away)).isLessThan(Files.size(this.file));
		try (BoundedStore store = open()) {
			assertThat(Messages.texts(store)).containsExactly("a", "b");
		}
	}

	@Test
	void aFileThatWasPutInItsPlaceIsNotMistakenForIt() throws IOException {
		try (BoundedStore store = open()) {
			store.add(Messages.of("a"));
			Path other = this.file.resolveSibling("other");
			Files.copy(this.file, other);
			Files.move(other, this.file, StandardCopyOption.REPLACE_EXISTING);
			store.add(Messages.of("b"));
			assertThat(store.counts(null).lost()).isEqualTo(1);
		}
		try (BoundedStore store = open()) {
			assertThat(Messages.texts(store)).containsExactly("a", "b");
		}
	}

	/** What another process would find if this one ended now. */
	private List<String> written() throws IOException {
		Path copy = Files.createTempDirectory(this.file.getParent(), "copy").resolve("failed.log");
		Files.copy(this.file, copy);
		try (BoundedStore store = new BoundedStore(LIMITS, FileJournal.open(copy, false))) {
			return Messages.texts(store);
		}
	}

	@Test
	void aFileThatCannotBeWrittenAnewGrowsOn() throws IOException {
		Path blocked = this.file.resolveSibling("failed.log.new");
		try (BoundedStore store = open()) {
			Files.createDirectories(blocked.resolve("in the way"));
			for (int i = 0; i < 300; i++) {
				store.remove(store.add(Messages.of("orders", new byte[5000])).id());
			}
			store.add(Messages.of("a"));
			assertThat(Files.size(this.file)).isGreaterThan(300 * 5000);
			assertThat(store.counts(null).lost()).isZero();
			assertThat(written()).containsExactly("a");
			Files.delete(blocked.resolve("in the way"));
		}
	}

	@Test
	void onlyItsOwnerMayReadIt() throws IOException {
		open().close();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file))).isEqualTo("rw-------");
	}

	@Test
	void aRewriteThatWasInterruptedLeavesNothingBehind() throws IOException {
		try (BoundedStore store = open()) {
			store.add(Messages.of("a"));
		}
		Path unfinished = this.file.resolveSibling("failed.log.new");
		Files.writeString(unfinished, "GSTFAIL1 and so on", StandardOpenOption.CREATE);
		try (BoundedStore store = open()) {
			assertThat(Messages.texts(store)).containsExactly("a");
			assertThat(unfinished).doesNotExist();
		}
	}

	@Test
	void whatFailsAfterTheEndIsCountedAsLost() {
		BoundedStore store = open();
		store.close();
		store.add(Messages.of("late"));
		assertThat(store.counts(null).lost()).isEqualTo(1);
	}

	@Test
	void eachChangeIsOnTheDiskIfThatIsAskedFor() {
		try (BoundedStore store = new BoundedStore(LIMITS, FileJournal.open(this.file, true))) {
			store.add(Messages.of("a"));
		}
		try (BoundedStore store = open()) {
			assertThat(Messages.texts(store)).containsExactly("a");
		}
	}

}

package io.gestalt.failed.store;

import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessage.Aftermath;
import io.gestalt.failed.FailedMessageStore.Counts;
import io.gestalt.failed.Sender;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BoundedStoreTests {

	private final BoundedStore store = new BoundedStore(new StoreLimits(3, 10_000));

	@Test
	void theOldestMakesRoomForTheNewestAndIsCounted() {
		for (String payload : new String[] { "a", "b", "c", "d", "e" }) {
			this.store.add(Messages.of(payload));
		}
		assertThat(Messages.texts(this.store)).containsExactly("c", "d", "e");
		assertThat(this.store.counts(null).evicted()).isEqualTo(2);
		assertThat(this.store.counts("orders").kept()).isEqualTo(3);
		assertThat(this.store.counts("others")).isEqualTo(new Counts(0, 0, 0, 0));
	}

	@Test
	void manyBytesMakeRoomToo() {
		this.store.add(Messages.of("rates", new byte[6000]));
		this.store.add(Messages.of("orders", new byte[6000]));
		assertThat(this.store.counts("rates").kept()).isZero();
		assertThat(this.store.counts("rates").evicted()).isEqualTo(1);
		assertThat(this.store.counts(null).bytes()).isBetween(6000L, 10_000L);
	}

	@Test
	void theNameThatAPeerHasProvedCountsToo() {
		FailedMessage message = Messages.of("a");
		Sender sender = new Sender("0d8c1f5a92", "10.0.0.9:53121", "CN=" + "x".repeat(6000));
		for (int i = 0; i < 3; i++) {
			this.store.add(new FailedMessage("orders", sender, message.content(), message.failure(), Aftermath.NONE));
		}
		assertThat(this.store.counts(null).kept()).isEqualTo(1);
	}

	@Test
	void oneThatIsTooLargeForAllIsStillKept() {
		this.store.add(Messages.of("orders", new byte[20_000]));
		assertThat(this.store.counts(null).kept()).isEqualTo(1);
		this.store.add(Messages.of("b"));
		assertThat(Messages.texts(this.store)).containsExactly("b");
	}

	@Test
	void whatIsReplacedMakesNoRoomForItself() {
		FailedMessage first = this.store.add(Messages.of("a"));
		this.store.add(Messages.of("orders", new byte[6000]));
		this.store.replace(Messages.of("orders", new byte[5000]).withId(first.id()));
		assertThat(this.store.list(null, 0, 10)).extracting(FailedMessage::id).containsExactly(first.id());
		assertThat(this.store.counts(null).evicted()).isEqualTo(1);
	}

	@Test
	void numbersRiseAndAreNeverGivenTwice() {
		FailedMessage first = this.store.add(Messages.of("a"));
		assertThat(this.store.remove(first.id())).isTrue();
		assertThat(this.store.remove(first.id())).isFalse();
		assertThat(this.store.add(Messages.of("b")).id()).isEqualTo(first.id() + 1);
	}

	@Test
	void whatIsReplacedKeepsItsPlaceAndNothingElseIsReplaced() {
		FailedMessage first = this.store.add(Messages.of("a"));
		this.store.add(Messages.of("b"));
		assertThat(this.store.replace(Messages.of("longer").withId(first.id()))).isTrue();
		assertThat(this.store.replace(Messages.of("none").withId(99))).isFalse();
		assertThat(Messages.texts(this.store)).containsExactly("longer", "b");
		this.store.remove(first.id());
		this.store.remove(first.id() + 1);
		assertThat(this.store.counts(null).bytes()).isZero();
	}

	@Test
	void listsOneEndpointInPages() {
		this.store.add(Messages.of("a"));
		this.store.add(Messages.of("rates", new byte[1]));
		FailedMessage last = this.store.add(Messages.of("c"));
		assertThat(this.store.list("orders", 0, 1)).extracting(Messages::text).containsExactly("a");
		assertThat(this.store.list("orders", 1, 10)).extracting(FailedMessage::id).containsExactly(last.id());
		assertThat(this.store.list("orders", last.id(), 10)).isEmpty();
	}

	@Test
	void roomForNothingIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new StoreLimits(0, 1))
			.withMessageContaining("0 messages of 1 bytes");
	}

}

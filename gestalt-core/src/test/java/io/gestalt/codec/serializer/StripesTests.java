package io.gestalt.codec.serializer;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StripesTests {

	private final Stripes<Object> stripes = new Stripes<>();

	@Test
	void lendsWhatWasGivenBackOnce() {
		Object thing = new Object();
		assertThat(this.stripes.take()).isNull();
		this.stripes.giveBack(thing);
		assertThat(this.stripes.take()).isSameAs(thing);
		assertThat(this.stripes.take()).isNull();
	}

	@Test
	void keepsNoMoreThanFourForOneThread() {
		for (int i = 0; i < 100; i++) {
			this.stripes.giveBack(new Object());
		}
		assertThat(Stream.generate(this.stripes::take).takeWhile((thing) -> thing != null)).hasSize(4);
	}

	@Test
	void neverLendsAThingTwice() throws Exception {
		Set<Object> lent = ConcurrentHashMap.newKeySet();
		Callable<Integer> borrower = () -> {
			int reused = 0;
			for (int i = 0; i < 100_000; i++) {
				Object thing = this.stripes.take();
				reused += (thing != null) ? 1 : 0;
				thing = (thing != null) ? thing : new Object();
				assertThat(lent.add(thing)).isTrue();
				lent.remove(thing);
				this.stripes.giveBack(thing);
			}
			return reused;
		};
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			for (Future<Integer> done : executor.invokeAll(Stream.generate(() -> borrower).limit(8).toList())) {
				assertThat(done.get()).isPositive();
			}
		}
		finally {
			executor.shutdown();
		}
	}

}

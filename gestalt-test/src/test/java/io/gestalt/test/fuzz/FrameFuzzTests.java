package io.gestalt.test.fuzz;

import java.util.List;

import io.gestalt.test.fuzz.frame.AnyFrameFuzz;
import io.gestalt.test.fuzz.frame.DelimitedFrameFuzz;
import io.gestalt.test.fuzz.frame.LengthPrefixedFrameFuzz;
import io.gestalt.test.fuzz.frame.LineFrameFuzz;
import io.gestalt.test.fuzz.frame.MessageTypeFrameFuzz;
import io.gestalt.test.fuzz.frame.NetstringFrameFuzz;
import io.gestalt.test.fuzz.frame.StreamFrameFuzz;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Fuzzes every framing: some seconds for all of them in a build, as long as
 * {@code -Dgestalt.fuzz.seconds} says for each of them alone otherwise.
 */
class FrameFuzzTests {

	private static final int SHORT = 6;

	@TestFactory
	List<DynamicTest> framingsFindTheSameFramesHoweverTheyArrive() {
		if (FuzzRun.SECONDS == 0) {
			return List.of(test(AnyFrameFuzz.class, SHORT));
		}
		return List
			.<Class<?>>of(DelimitedFrameFuzz.class, LengthPrefixedFrameFuzz.class, LineFrameFuzz.class,
					MessageTypeFrameFuzz.class, NetstringFrameFuzz.class, StreamFrameFuzz.class)
			.stream()
			.map((target) -> test(target, FuzzRun.SECONDS))
			.toList();
	}

	private static DynamicTest test(Class<?> target, int seconds) {
		return DynamicTest.dynamicTest(target.getSimpleName(),
				() -> FuzzRun.of(target.getSimpleName(), target).seconds(seconds).run());
	}

}

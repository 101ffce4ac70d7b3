package io.gestalt.leak;

import java.util.List;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails each test class after which Netty misses a buffer. It registers itself wherever
 * this library is on the class path.
 */
public final class LeakExtension implements AfterAllCallback {

	static {
		LeakWatch.install();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		List<String> leaks = LeakWatch.find();
		if (!leaks.isEmpty()) {
			throw new AssertionError("%d buffers leaked in or before '%s': %s".formatted(leaks.size(),
					context.getDisplayName(), String.join(System.lineSeparator(), leaks)));
		}
	}

}

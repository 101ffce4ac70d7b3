package io.gestalt.boot.test.autoconfigure;

import io.gestalt.boot.test.GestaltTester;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Has each test begin with a {@link GestaltTester} that has seen nothing. */
final class ResetTestExecutionListener implements TestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext test) {
		if (test.hasApplicationContext()) {
			ApplicationContext context = test.getApplicationContext();
			context.getBeanProvider(GestaltTester.class).ifAvailable(GestaltTester::reset);
		}
	}

}

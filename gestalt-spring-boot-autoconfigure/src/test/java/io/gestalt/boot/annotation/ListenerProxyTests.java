package io.gestalt.boot.annotation;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.boot.TestEndpoints;
import io.gestalt.boot.annotation.ListenerDeclarationException.Problem;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class ListenerProxyTests {

	private final TestEndpoints endpoints = new TestEndpoints();

	private final AtomicInteger advised = new AtomicInteger();

	@AfterEach
	void close() throws Exception {
		this.endpoints.close();
	}

	@Test
	void callsAMethodThroughAProxyOfItsClass() throws Exception {
		assertThat(ask(true, Greeter.class)).isEqualTo("hello a");
		assertThat(this.advised).hasValue(1);
	}

	@Test
	void callsAMethodThroughAProxyOfItsInterface() throws Exception {
		assertThat(ask(false, Greeter.class)).isEqualTo("hello a");
		assertThat(this.advised).hasValue(1);
	}

	@Test
	void refusesAMethodThatTheProxyOfInterfacesDoesNotHave() {
		this.endpoints.server("greetings");
		assertNotInvocable(false, Hidden.class);
	}

	@Test
	void refusesAPrivateMethodBehindAProxy() {
		this.endpoints.server("greetings");
		assertNotInvocable(true, Private.class);
	}

	@Test
	void refusesAFinalMethodBehindAProxy() {
		this.endpoints.server("greetings");
		assertNotInvocable(true, Final.class);
	}

	private void assertNotInvocable(boolean proxyClass, Class<?> bean) {
		assertThatExceptionOfType(ListenerDeclarationException.class).isThrownBy(() -> refresh(proxyClass, bean))
			.withMessageContaining("'ListenerProxyTests.%s.greet(String)'".formatted(bean.getSimpleName()))
			.extracting(ListenerDeclarationException::problem)
			.isEqualTo(Problem.NOT_INVOCABLE);
	}

	private String ask(boolean proxyClass, Class<?> bean) throws Exception {
		TcpServerEndpoint server = this.endpoints.server("greetings");
		refresh(proxyClass, bean);
		return this.endpoints.openClient(server).request("a", String.class).get(10, TimeUnit.SECONDS);
	}

	private void refresh(boolean proxyClass, Class<?> bean) {
		this.endpoints.refresh((context) -> context.registerBean(Proxies.class, () -> new Proxies(proxyClass)), bean);
	}

	private final class Proxies implements BeanPostProcessor {

		private final boolean proxyClass;

		Proxies(boolean proxyClass) {
			this.proxyClass = proxyClass;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (bean.getClass().getEnclosingClass() != ListenerProxyTests.class) {
				return bean;
			}
			ProxyFactory factory = new ProxyFactory(bean);
			factory.setProxyTargetClass(this.proxyClass);
			factory.addAdvice((MethodInterceptor) (invocation) -> {
				if (invocation.getMethod().getName().equals("greet")) {
					ListenerProxyTests.this.advised.incrementAndGet();
				}
				return invocation.proceed();
			});
			return factory.getProxy();
		}

	}

	interface Greeting {

		String greet(String name);

	}

	static class Greeter implements Greeting {

		private final String word = "hello ";

		@Override
		@GestaltListener("greetings")
		public String greet(String name) {
			return this.word + name;
		}

	}

	static class Hidden implements Runnable {

		@GestaltListener("greetings")
		String greet(String name) {
			return name;
		}

		@Override
		public void run() {
		}

	}

	static class Private {

		@GestaltListener("greetings")
		@SuppressWarnings("UnusedMethod")
		private String greet(String name) {
			return name;
		}

	}

	static class Final {

		@GestaltListener("greetings")
		final String greet(String name) {
			return name;
		}

	}

}

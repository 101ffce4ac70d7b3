package io.gestalt.test.fault;

import java.net.InetSocketAddress;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Stands with a {@link FaultProxy} before a server in all tests of a class, which get it
 * as a parameter or ask for it. Its faults are lifted after each test.
 *
 * <pre>
 * &#64;RegisterExtension
 * static final FaultProxyExtension network = FaultProxyExtension.before("localhost", 5672);
 * </pre>
 */
public final class FaultProxyExtension implements AfterEachCallback, AfterAllCallback, ParameterResolver {

	private final Supplier<InetSocketAddress> target;

	private @Nullable FaultProxy proxy;

	private FaultProxyExtension(Supplier<InetSocketAddress> target) {
		this.target = target;
	}

	/** Stands before a server whose place is known. */
	public static FaultProxyExtension before(String host, int port) {
		return before(() -> InetSocketAddress.createUnresolved(host, port));
	}

	/**
	 * Stands before a server whose place is known when a test first asks for the proxy.
	 */
	public static FaultProxyExtension before(Supplier<InetSocketAddress> target) {
		return new FaultProxyExtension(target);
	}

	/** The proxy, which is opened at the first call. */
	public synchronized FaultProxy proxy() {
		FaultProxy open = this.proxy;
		if (open == null) {
			InetSocketAddress server = this.target.get();
			open = new FaultProxy(server.getHostString(), server.getPort());
			this.proxy = open;
		}
		return open;
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == FaultProxy.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return proxy();
	}

	@Override
	public synchronized void afterEach(ExtensionContext context) {
		if (this.proxy != null) {
			this.proxy.heal();
		}
	}

	@Override
	public synchronized void afterAll(ExtensionContext context) {
		if (this.proxy != null) {
			this.proxy.close();
			this.proxy = null;
		}
	}

}

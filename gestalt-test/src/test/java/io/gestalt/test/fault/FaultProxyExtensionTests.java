package io.gestalt.test.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class FaultProxyExtensionTests {

	@RegisterExtension
	static final FaultProxyExtension network = FaultProxyExtension.before(FaultProxyExtensionTests::address);

	private static ServerSocket server;

	@BeforeAll
	static void open() throws IOException {
		server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
	}

	@AfterAll
	static void close() throws IOException {
		server.close();
	}

	private static InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
	}

	@Test
	void aTestGetsTheProxyAsAParameter(FaultProxy proxy) throws IOException {
		assertThat(proxy).isSameAs(network.proxy());
		passes(proxy);
		proxy.refuse(true);
	}

	@Test
	void faultsDoNotOutliveTheirTest(FaultProxy proxy) throws IOException {
		passes(proxy);
		proxy.refuse(true);
	}

	private static void passes(FaultProxy proxy) throws IOException {
		try (Socket client = new Socket(proxy.host(), proxy.port()); Socket accepted = server.accept()) {
			client.getOutputStream().write(42);
			assertThat(accepted.getInputStream().read()).isEqualTo(42);
		}
	}

}

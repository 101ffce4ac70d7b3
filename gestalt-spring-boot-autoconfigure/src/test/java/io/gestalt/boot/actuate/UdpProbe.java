package io.gestalt.boot.actuate;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import io.gestalt.endpoint.udp.UdpEndpoint;
import org.jspecify.annotations.Nullable;

/** A plain socket that talks to the UDP endpoint 'orders'. */
final class UdpProbe implements AutoCloseable {

	private final DatagramSocket socket;

	private final InetSocketAddress server;

	UdpProbe(OperatedApplication application) throws IOException {
		this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(),
				application.bean("orders", UdpEndpoint.class).port());
		this.socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
	}

	int port() {
		return this.socket.getLocalPort();
	}

	void send(String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		this.socket.send(new DatagramPacket(bytes, bytes.length, this.server));
	}

	/** The next answer, {@code null} if there is none within a short time. */
	@Nullable String receive(int millis) throws IOException {
		this.socket.setSoTimeout(millis);
		DatagramPacket packet = new DatagramPacket(new byte[1000], 1000);
		try {
			this.socket.receive(packet);
			return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
		}
		catch (SocketTimeoutException ex) {
			return null;
		}
	}

	@Nullable String receive() throws IOException {
		return receive(5000);
	}

	@Override
	public void close() {
		this.socket.close();
	}

}

package io.gestalt.harness;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

import org.jspecify.annotations.Nullable;

/** A peer that puts bytes on the wire as no framing would. */
public final class RawPeer implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 10_000;

	private final Socket socket;

	private @Nullable SocketException reset;

	public RawPeer(Socket socket) {
		this.socket = socket;
		try {
			socket.setSoTimeout(PATIENCE_MILLIS);
			socket.setTcpNoDelay(true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static RawPeer connect(int port) {
		try {
			return new RawPeer(new Socket(InetAddress.getLoopbackAddress(), port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public RawPeer send(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
		return this;
	}

	/** Sends until the other end has had enough of it. */
	public void sendInVain(byte[] bytes, int times) {
		try {
			for (int i = 0; i < times; i++) {
				send(bytes);
			}
		}
		catch (IOException ex) {
			// as it should be
		}
	}

	public void sendOneByOne(byte[] bytes) throws IOException {
		for (byte single : bytes) {
			this.socket.getOutputStream().write(single);
		}
	}

	public byte[] receive(int length) throws IOException {
		byte[] bytes = this.socket.getInputStream().readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("Only %d of %d bytes came".formatted(bytes.length, length));
		}
		return bytes;
	}

	/** Waits for the other end to hang up, and tells how many bytes came before. */
	public long awaitEnd() throws IOException {
		long bytes = 0;
		try {
			byte[] chunk = new byte[8192];
			for (int read = 0; read >= 0; read = this.socket.getInputStream().read(chunk)) {
				bytes += read;
			}
		}
		catch (SocketException ex) {
			this.reset = ex;
		}
		return bytes;
	}

	/** By what the other end has hung up; a reset is an end as well. */
	public String end() {
		return (this.reset != null) ? this.reset.toString() : "end of stream";
	}

	public void shutdownOutput() throws IOException {
		this.socket.shutdownOutput();
	}

	public void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package io.gestalt.sample.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.List;

import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * Ports that were free a moment ago, as the simulated fleet must know those of the
 * tracker before it has opened them.
 *
 * @param sentences of the TCP server for sentences
 * @param whereIs of the TCP server for questions
 * @param datagrams of the UDP server for sentences
 * @param reports of the UDP server for compact reports
 */
public record FreePorts(int sentences, int whereIs, int datagrams, int reports) {

	public static FreePorts find() {
		try (ServerSocket sentences = new ServerSocket(0);
				ServerSocket whereIs = new ServerSocket(0);
				DatagramSocket datagrams = new DatagramSocket(0);
				DatagramSocket reports = new DatagramSocket(0)) {
			return new FreePorts(sentences.getLocalPort(), whereIs.getLocalPort(), datagrams.getLocalPort(),
					reports.getLocalPort());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** As properties of the application, {@code name=value}. */
	public List<String> properties() {
		return List.of("gestalt.tcp.server.sentences.port=" + this.sentences,
				"gestalt.tcp.server.where-is.port=" + this.whereIs,
				"gestalt.udp.server.datagrams.port=" + this.datagrams,
				"gestalt.udp.server.reports.port=" + this.reports);
	}

	/** As arguments of the application, {@code --name=value}. */
	public List<String> arguments() {
		return properties().stream().map("--"::concat).toList();
	}

	public void addTo(DynamicPropertyRegistry registry) {
		properties().stream()
			.map((property) -> property.split("=", 2))
			.forEach((pair) -> registry.add(pair[0], () -> pair[1]));
	}

}

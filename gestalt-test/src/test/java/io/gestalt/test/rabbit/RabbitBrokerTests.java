package io.gestalt.test.rabbit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(RabbitExtension.class)
class RabbitBrokerTests {

	@Test
	void takesConnectionsAndCommands(RabbitBroker broker) throws IOException {
		connect(broker);
		assertThat(broker.control("list_vhosts")).contains("/");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> broker.control("no_such_command"));
	}

	@Test
	void survivesAStopAndAKillWithItsQueues() throws IOException {
		try (RabbitBroker broker = RabbitBroker.launch().orElseThrow()) {
			broker.control("add_vhost", "kept");
			broker.stop();
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> connect(broker));
			broker.start();
			connect(broker);
			broker.kill();
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> connect(broker));
			broker.start();
			assertThat(broker.control("list_vhosts")).contains("kept");
		}
	}

	private static void connect(RabbitBroker broker) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(broker.host(), broker.port()), 1000);
		}
	}

}

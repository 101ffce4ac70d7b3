package io.gestalt.sample.docs;

import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.time.Duration;

import io.gestalt.codec.Codecs;
import io.gestalt.codec.PayloadCodec;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.connect.Targets;
import io.gestalt.endpoint.tcp.TcpClientEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.LengthPrefixedFrameCodec;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.tcp.TcpOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** The example of the pages without Spring. */
@Timeout(60)
class WithoutSpringTests {

	@Test
	void anOrderIsAnsweredWithItsReceipt() {
		FrameCodec frames = new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, 1_000_000);
		PayloadCodec json = Codecs.builder().build().payloadCodec("json", null);
		Listener listener = Listener.of(Order.class, (order, context) -> new Receipt(order.id()));
		try (TransportResources resources = TransportResources.create()) {
			TcpServerEndpoint server = new TcpServerEndpoint(new EndpointSettings("orders", frames, json, listener),
					new InetSocketAddress("localhost", 0), TcpOptions.DEFAULT, resources);
			server.start();
			TcpClientEndpoint client = new TcpClientEndpoint(new EndpointSettings("orders-client", frames, json, null),
					Targets.of(new InetSocketAddress("localhost", server.port())), TcpOptions.DEFAULT, resources);
			client.start();
			assertThat(client.request(new Order("42", 1), Receipt.class).join()).isEqualTo(new Receipt("42"));
			client.stop(Duration.ZERO);
			server.stop(Duration.ofSeconds(5));
		}
	}

	record Order(String id, int quantity) {
	}

	record Receipt(String id) {
	}

}

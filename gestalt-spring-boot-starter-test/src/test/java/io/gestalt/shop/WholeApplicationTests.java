package io.gestalt.shop;

import java.net.InetSocketAddress;
import java.nio.ByteOrder;

import io.gestalt.boot.test.EndpointTester;
import io.gestalt.boot.test.GestaltTester;
import io.gestalt.boot.test.autoconfigure.AutoConfigureGestalt;
import io.gestalt.boot.test.record.Settlement;
import io.gestalt.codec.Codecs;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.frame.LengthPrefixedFrameCodec;
import io.gestalt.transport.TransportResources;
import io.gestalt.transport.tcp.TcpOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
@SpringBootTest
@AutoConfigureGestalt
class WholeApplicationTests {

	@Autowired
	private GestaltTester gestalt;

	@Autowired
	private Stock stock;

	@Test
	void theOtherEndsOfAWholeApplicationAreTheTest() {
		EndpointTester orders = this.gestalt.endpoint("orders");
		assertThat(orders.request(new Order("w-1", 1), Receipt.class)).isEqualTo(new Receipt("w-1"));
		assertThat(this.stock.taken).containsExactly("w-1");
		assertThat(orders.awaitReception().settlement()).isEqualTo(Settlement.REPLIED);
		assertThat(this.gestalt.report()).contains("Endpoint 'orders'", "Order[id=w-1, quantity=1]", "'ticks'");
	}

	@Test
	void anEndpointThatTheApplicationMadeHasNoTester() {
		assertThatIllegalStateException().isThrownBy(() -> this.gestalt.endpoint("own"))
			.withMessage("Endpoint 'own' is a bean of the application, whose codec is not known: it has no tester");
	}

	@TestConfiguration
	static class OwnEndpoint {

		@Bean
		TcpServerEndpoint own(Codecs codecs, TransportResources resources) {
			EndpointSettings settings = new EndpointSettings("own",
					new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, 1024),
					codecs.payloadCodec("json", null), Listener.of(String.class, (payload, context) -> payload));
			return new TcpServerEndpoint(settings, new InetSocketAddress("127.0.0.1", 0), TcpOptions.DEFAULT,
					resources);
		}

	}

}

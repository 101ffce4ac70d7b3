package io.gestalt.shop;

import io.gestalt.boot.test.EndpointTester;
import io.gestalt.boot.test.GestaltTester;
import io.gestalt.boot.test.autoconfigure.GestaltTest;
import io.gestalt.shop.Rates.Ask;
import io.gestalt.shop.Rates.Rate;
import io.gestalt.test.fault.FaultProxy;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
@ExtendWith(RabbitExtension.class)
@GestaltTest(listeners = OrderListener.class, properties = { "gestalt.test.transport=live", "gestalt.test.timeout=2s" })
class LiveFaultTests {

	@Autowired
	private GestaltTester gestalt;

	@Autowired
	private Rates client;

	@MockitoBean
	Stock stock;

	@Test
	void aClientOvercomesAConnectionThatWasReset() {
		EndpointTester rates = this.gestalt.endpoint("rates");
		rates.answer(Ask.class, (ask) -> new Rate(5));
		FaultProxy network = rates.faults();
		rates.awaitConnected();
		assertThat(this.client.rate(new Ask("A")).value()).isEqualTo(5);
		assertThat(network.bytes()).isPositive();
		network.reset();
		rates.disconnect();
		rates.awaitConnected();
		assertThat(this.client.rate(new Ask("B")).value()).isEqualTo(5);
		assertThat(network.accepted()).isGreaterThan(1);
	}

	@Test
	void aPeerOfAServerGoesThroughAProxyToo() {
		EndpointTester orders = this.gestalt.endpoint("orders");
		FaultProxy network = orders.faults();
		assertThat(orders.request(new Order("f-1", 1), Receipt.class)).isEqualTo(new Receipt("f-1"));
		assertThat(network.accepted()).isOne();
		network.halfOpen(true);
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> orders.request(new Order("f-2", 1), Receipt.class));
	}

}

package io.gestalt.amqp.consume.state;

import java.io.IOException;

import io.gestalt.endpoint.EndpointState;
import io.gestalt.message.Counters;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConsumptionStateTests {

	private final ConsumptionState state = new ConsumptionState("ticks", "ticks.pricing", new Counters());

	@Test
	void aConsumerThatWasNotNeededAnyMoreDoesNotCount() {
		this.state.started();
		this.state.consuming();
		this.state.consuming();
		this.state.left();
		assertThat(this.state.consumers()).isEqualTo(1);
		assertThat(this.state.get()).isEqualTo(EndpointState.READY);
		this.state.lost(new IOException("cut"));
		assertThat(this.state.consumers()).isZero();
		assertThat(this.state.get()).isEqualTo(EndpointState.CONNECTING);
		assertThat(this.state.lastError()).hasMessage("cut");
	}

}

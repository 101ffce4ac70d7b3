package io.gestalt.lean;

import io.gestalt.boot.test.GestaltTester;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = { "spring.config.name=lean", "gestalt.tcp.server.scales.port=0",
		"gestalt.failed-messages.store=memory" })
@Tag("without-amqp")
class LeanApplicationTests {

	@Autowired
	private ObjectProvider<GestaltTester> testers;

	@Test
	void aTestOfAnotherKindStartsWithTheSameProperties() {
		assertThat(this.testers.getIfAvailable()).isNull();
	}

}

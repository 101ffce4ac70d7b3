package io.gestalt.lean;

import java.nio.file.Files;
import java.nio.file.Path;

import io.gestalt.boot.test.EndpointTester;
import io.gestalt.boot.test.GestaltTester;
import io.gestalt.boot.test.autoconfigure.GestaltTest;
import io.gestalt.boot.test.record.Reception;
import io.gestalt.boot.test.record.Settlement;
import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessages;
import io.gestalt.lean.LeanApplication.Price;
import io.gestalt.lean.LeanApplication.Weight;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

@GestaltTest(properties = "spring.config.name=lean")
@Tag("without-amqp")
@Timeout(60)
class LeanSliceTests {

	@Autowired
	private GestaltTester gestalt;

	@Autowired
	private FailedMessages failed;

	@Test
	void aSliceNeedsNoAmqp() {
		assertThat(ClassUtils.isPresent("org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration", null))
			.isFalse();
		assertThat(ClassUtils.isPresent("com.rabbitmq.client.Channel", null)).isFalse();
		assertThat(this.gestalt.endpoint("scales").request(new Weight("apples", 2), Price.class))
			.isEqualTo(new Price("apples", 4));
	}

	@Test
	void whatFailsIsKeptInMemory() {
		EndpointTester scales = this.gestalt.endpoint("scales");
		scales.send(new Weight("feathers", -1));
		Reception reception = scales.awaitReception();
		assertThat(reception.failure()).hasMessage("Lighter than nothing");
		assertThat(reception.settlement()).isEqualTo(Settlement.CLOSED);
		FailedMessage kept = this.failed.list("scales", 0, 10).get(0);
		assertThat(kept.failure().cause()).contains("Lighter than nothing");
		assertThat(Files.exists(Path.of("target/lean/failed.log"))).isFalse();
	}

}

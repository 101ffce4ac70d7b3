package io.gestalt.sample.tracker;

import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.test.context.TestPropertySource;

@ExtendWith(RabbitExtension.class)
@TestPropertySource(properties = "gestalt.test.transport=live")
class LiveListenerTests extends ListenerTests {

}

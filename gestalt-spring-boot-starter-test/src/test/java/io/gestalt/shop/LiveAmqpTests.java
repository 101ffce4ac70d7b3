package io.gestalt.shop;

import io.gestalt.boot.test.autoconfigure.GestaltTest;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
@GestaltTest(listeners = MarketListeners.class, properties = "gestalt.test.transport=live")
class LiveAmqpTests extends AmqpContract {

}

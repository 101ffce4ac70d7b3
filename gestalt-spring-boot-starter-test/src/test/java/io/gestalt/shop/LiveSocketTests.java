package io.gestalt.shop;

import io.gestalt.boot.test.autoconfigure.GestaltTest;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
@GestaltTest(properties = { "gestalt.test.transport=live", "gestalt.test.timeout=1s" })
class LiveSocketTests extends SocketContract {

}

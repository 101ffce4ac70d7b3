package io.gestalt.shop;

import io.gestalt.boot.test.autoconfigure.GestaltTest;

@GestaltTest(listeners = MarketListeners.class, properties = "gestalt.test.transport=live")
class LiveAmqpTests extends AmqpContract {

}

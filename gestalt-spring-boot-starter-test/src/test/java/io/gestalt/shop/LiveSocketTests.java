package io.gestalt.shop;

import io.gestalt.boot.test.autoconfigure.GestaltTest;

@GestaltTest(properties = { "gestalt.test.transport=live", "gestalt.test.timeout=1s" })
class LiveSocketTests extends SocketContract {

}

package io.gestalt.shop;

import io.gestalt.boot.test.autoconfigure.GestaltTest;

@GestaltTest(properties = "gestalt.test.timeout=1s")
class MemorySocketTests extends SocketContract {

}

package io.gestalt.shop;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.client.GestaltOperations;

import org.springframework.stereotype.Component;

@Component
class ReadingListener {

	private final GestaltOperations gestalt;

	ReadingListener(GestaltOperations gestalt) {
		this.gestalt = gestalt;
	}

	@GestaltListener("readings")
	void reading(Reading reading) {
		if (reading.value() > 100) {
			this.gestalt.send("alarms", reading);
		}
	}

}

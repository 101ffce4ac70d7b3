package io.gestalt.shop;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.message.Peer;

import org.springframework.stereotype.Component;

@Component
class LineListener {

	@GestaltListener("lines")
	void line(String line, Peer peer) {
		if (line.isBlank()) {
			throw new IllegalArgumentException("Nothing to say");
		}
		peer.send("one of " + line);
		peer.send("two of " + line);
	}

}

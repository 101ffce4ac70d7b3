package io.gestalt.boot.actuate;

import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.transport.WireTap;
import io.netty.buffer.ByteBuf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;

/**
 * Writes one line for whatever an endpoint reads or writes, until its time is over. The
 * bytes themselves stay out of it unless they are to be shown; those that are no
 * printable ASCII are escaped, so that a line stays a line.
 */
final class WireLog implements WireTap {

	static final String LOGGER = "io.gestalt.wire";

	private static final Logger logger = LoggerFactory.getLogger(LOGGER);

	private final String endpoint;

	private final long end;

	private final GestaltEndpointProperties.WireLog properties;

	private final Sanitizer sanitizer;

	private final AtomicInteger lines = new AtomicInteger();

	WireLog(String endpoint, long nanos, GestaltEndpointProperties.WireLog properties, Sanitizer sanitizer) {
		this.endpoint = endpoint;
		this.end = System.nanoTime() + nanos;
		this.properties = properties;
		this.sanitizer = sanitizer;
	}

	int lines() {
		return Math.min(this.lines.get(), this.properties.maxLines());
	}

	@Override
	public void passed(Direction direction, String peer, ByteBuf bytes) {
		if (System.nanoTime() - this.end >= 0 || this.lines.get() >= this.properties.maxLines()) {
			return;
		}
		if (this.lines.incrementAndGet() == this.properties.maxLines()) {
			logger.info("Endpoint '{}' has filled its wire log of {} lines", this.endpoint, this.properties.maxLines());
			return;
		}
		logger.info("Endpoint '{}' {} {}, {} bytes{}", this.endpoint, (direction == Direction.IN) ? "<-" : "->",
				escaped(peer), bytes.readableBytes(), this.properties.showPayloads() ? ": " + text(bytes) : "");
	}

	private Object text(ByteBuf bytes) {
		int length = Math.min(bytes.readableBytes(), this.properties.maxLength());
		StringBuilder text = new StringBuilder(length + 1);
		for (int i = 0; i < length; i++) {
			append(text, bytes.getByte(bytes.readerIndex() + i));
		}
		Object shown = this.sanitizer
			.sanitize(new SanitizableData(null, "gestalt.%s.payload".formatted(this.endpoint), text.toString()), true);
		return (bytes.readableBytes() > length) ? shown + " …" : String.valueOf(shown);
	}

	private static String escaped(String peer) {
		StringBuilder text = new StringBuilder();
		peer.chars().limit(200).forEach((character) -> append(text, character));
		return text.toString();
	}

	private static void append(StringBuilder text, int character) {
		switch (character) {
			case '\n' -> text.append("\\n");
			case '\r' -> text.append("\\r");
			case '\t' -> text.append("\\t");
			case '\\' -> text.append("\\\\");
			default -> {
				if (character >= ' ' && character < 0x7f) {
					text.append((char) character);
				}
				else {
					text.append("\\x%02x".formatted(character & 0xff));
				}
			}
		}
	}

}

package io.gestalt.amqp;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.ContentHeaderPropertyWriter;

/** Properties as bytes, which need not be what a client would write. */
final class RawProperties extends AMQP.BasicProperties {

	/** Those that are short strings and headers, in the order of their flags. */
	enum Property {

		CONTENT_TYPE, CONTENT_ENCODING, HEADERS, DELIVERY_MODE, PRIORITY, CORRELATION_ID, REPLY_TO, EXPIRATION,
		MESSAGE_ID, TIMESTAMP, TYPE, USER_ID, APP_ID, CLUSTER_ID

	}

	private final Map<Property, byte[]> values = new EnumMap<>(Property.class);

	/** Sets a short string, of 255 bytes at the most. */
	RawProperties with(Property property, byte[] value) {
		byte[] prefixed = new byte[value.length + 1];
		prefixed[0] = (byte) value.length;
		System.arraycopy(value, 0, prefixed, 1, value.length);
		this.values.put(property, prefixed);
		return this;
	}

	RawProperties with(Property property, String value) {
		return with(property, value.getBytes(StandardCharsets.UTF_8));
	}

	/** Sets the headers, a table without its length. */
	RawProperties headers(byte[] table) {
		this.values.put(Property.HEADERS, write((out) -> {
			out.writeInt(table.length);
			out.write(table);
		}));
		return this;
	}

	/** As many bytes as a short string has, no two of which are a letter. */
	static byte[] noText() {
		byte[] bytes = new byte[255];
		Arrays.fill(bytes, (byte) 0xff);
		return bytes;
	}

	/** A table with one field, whose name is no text. */
	static byte[] nameless() {
		return write((out) -> {
			out.write(255);
			out.write(noText());
			out.write('t');
			out.write(1);
		});
	}

	/** A table in a table in a table. */
	static byte[] tables(int depth) {
		return write((out) -> {
			for (int i = depth - 1; i >= 0; i--) {
				out.write(1);
				out.write('x');
				out.write('F');
				out.writeInt(7 * i);
			}
		});
	}

	/** A list in a list in a list. */
	static byte[] lists(int depth) {
		return write((out) -> {
			out.write(1);
			out.write('x');
			for (int i = depth - 1; i >= 0; i--) {
				out.write('A');
				out.writeInt(5 * i);
			}
		});
	}

	private static byte[] write(Writing writing) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			writing.to(new DataOutputStream(bytes));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	@Override
	public void writePropertiesTo(ContentHeaderPropertyWriter writer) throws IOException {
		for (Property property : Property.values()) {
			writer.writePresence(this.values.containsKey(property));
		}
		writer.finishPresence();
		for (byte[] value : this.values.values()) {
			for (byte octet : value) {
				writer.writeOctet(octet);
			}
		}
	}

	private interface Writing {

		void to(DataOutputStream out) throws IOException;

	}

}

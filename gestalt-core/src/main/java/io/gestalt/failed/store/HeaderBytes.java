package io.gestalt.failed.store;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Header values as bytes: a letter for the type, then the value. */
@SuppressWarnings("JavaUtilDate")
final class HeaderBytes {

	private HeaderBytes() {
	}

	static void writeText(DataOutput out, String text) throws IOException {
		writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
	}

	static String readText(DataInput in) throws IOException {
		return new String(readBytes(in), StandardCharsets.UTF_8);
	}

	static void writeBytes(DataOutput out, byte[] bytes) throws IOException {
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	static byte[] readBytes(DataInput in) throws IOException {
		byte[] bytes = new byte[in.readInt()];
		in.readFully(bytes);
		return bytes;
	}

	static void writeMap(DataOutput out, Map<?, ?> values) throws IOException {
		out.writeInt(values.size());
		for (Map.Entry<?, ?> entry : values.entrySet()) {
			writeText(out, String.valueOf(entry.getKey()));
			write(out, entry.getValue());
		}
	}

	static Map<String, Object> readMap(DataInput in) throws IOException {
		Map<String, Object> values = new LinkedHashMap<>();
		for (int left = in.readInt(); left > 0; left--) {
			values.put(readText(in), read(in));
		}
		return values;
	}

	private static void write(DataOutput out, Object value) throws IOException {
		if (value instanceof Number number) {
			writeNumber(out, number);
		}
		else if (value instanceof Boolean truth) {
			out.writeByte('b');
			out.writeBoolean(truth);
		}
		else if (value instanceof Date date) {
			out.writeByte('t');
			out.writeLong(date.getTime());
		}
		else if (value instanceof byte[] bytes) {
			out.writeByte('x');
			writeBytes(out, bytes);
		}
		else if (value instanceof Collection<?> values) {
			out.writeByte('l');
			out.writeInt(values.size());
			for (Object item : values) {
				write(out, item);
			}
		}
		else if (value instanceof Map<?, ?> values) {
			out.writeByte('m');
			writeMap(out, values);
		}
		else {
			out.writeByte('s');
			writeText(out, String.valueOf(value));
		}
	}

	private static void writeNumber(DataOutput out, Number number) throws IOException {
		char letter = (number instanceof Integer) ? 'i'
				: (number instanceof Long) ? 'j' : (number instanceof Short) ? 'h' : (number instanceof Byte) ? 'y'
						: (number instanceof Double) ? 'd' : (number instanceof Float) ? 'f' : 'n';
		out.writeByte(letter);
		writeText(out, number.toString());
	}

	private static Object read(DataInput in) throws IOException {
		char letter = (char) in.readUnsignedByte();
		return switch (letter) {
			case 'b' -> in.readBoolean();
			case 't' -> new Date(in.readLong());
			case 'x' -> readBytes(in);
			case 'l' -> readList(in);
			case 'm' -> readMap(in);
			case 's' -> readText(in);
			default -> readNumber(letter, readText(in));
		};
	}

	private static List<Object> readList(DataInput in) throws IOException {
		List<Object> values = new ArrayList<>();
		for (int left = in.readInt(); left > 0; left--) {
			values.add(read(in));
		}
		return values;
	}

	private static Number readNumber(char letter, String text) throws IOException {
		return switch (letter) {
			case 'i' -> Integer.valueOf(text);
			case 'j' -> Long.valueOf(text);
			case 'h' -> Short.valueOf(text);
			case 'y' -> Byte.valueOf(text);
			case 'd' -> Double.valueOf(text);
			case 'f' -> Float.valueOf(text);
			case 'n' -> new BigDecimal(text);
			default -> throw new IOException("Header value of type '%s' is unknown".formatted(letter));
		};
	}

}

package io.gestalt.failed.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;

import io.gestalt.failed.Content;
import io.gestalt.failed.FailedMessage;
import io.gestalt.failed.FailedMessage.Aftermath;
import io.gestalt.failed.Failure;
import io.gestalt.failed.Failure.Reason;
import io.gestalt.failed.Sender;
import org.jspecify.annotations.Nullable;

/**
 * A failed message as bytes. Texts and bytes are preceded by their length (u32), times
 * are seconds (u64) and nanoseconds (u32).
 *
 * <pre>
 * id u64 | time | endpoint
 * sender id | address | principal?
 * reason | cause | attempts u32 | time
 * answered u8 | place? | key?
 * type u32 | headers | length u64 | payload
 * </pre>
 */
final class MessageBytes {

	private MessageBytes() {
	}

	static byte[] of(FailedMessage message) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeLong(message.id());
		writeTime(out, message.time());
		HeaderBytes.writeText(out, message.endpoint());
		HeaderBytes.writeText(out, message.sender().id());
		HeaderBytes.writeText(out, message.sender().address());
		writeOptional(out, message.sender().principal());
		HeaderBytes.writeText(out, message.failure().reason().name());
		HeaderBytes.writeText(out, message.failure().cause());
		out.writeInt(message.failure().attempts());
		writeTime(out, message.failure().time());
		out.writeBoolean(message.aftermath().answered());
		writeOptional(out, message.aftermath().place());
		writeOptional(out, message.aftermath().key());
		out.writeInt(message.content().type());
		HeaderBytes.writeMap(out, message.content().headers());
		out.writeLong(message.content().length());
		HeaderBytes.writeBytes(out, message.content().payload());
		return bytes.toByteArray();
	}

	static FailedMessage read(byte[] bytes) throws IOException {
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
		long id = in.readLong();
		Instant time = readTime(in);
		String endpoint = HeaderBytes.readText(in);
		Sender sender = new Sender(HeaderBytes.readText(in), HeaderBytes.readText(in), readOptional(in));
		Failure failure = new Failure(Reason.valueOf(HeaderBytes.readText(in)), HeaderBytes.readText(in), in.readInt(),
				readTime(in));
		Aftermath aftermath = new Aftermath(in.readBoolean(), readOptional(in), readOptional(in));
		return new FailedMessage(id, time, endpoint, sender, readContent(in), failure, aftermath);
	}

	private static Content readContent(DataInputStream in) throws IOException {
		int type = in.readInt();
		var headers = HeaderBytes.readMap(in);
		long length = in.readLong();
		return new Content(type, headers, HeaderBytes.readBytes(in), length);
	}

	private static void writeTime(DataOutputStream out, Instant time) throws IOException {
		out.writeLong(time.getEpochSecond());
		out.writeInt(time.getNano());
	}

	private static Instant readTime(DataInputStream in) throws IOException {
		return Instant.ofEpochSecond(in.readLong(), in.readInt());
	}

	private static void writeOptional(DataOutputStream out, @Nullable String text) throws IOException {
		out.writeBoolean(text != null);
		if (text != null) {
			HeaderBytes.writeText(out, text);
		}
	}

	private static @Nullable String readOptional(DataInputStream in) throws IOException {
		return in.readBoolean() ? HeaderBytes.readText(in) : null;
	}

}

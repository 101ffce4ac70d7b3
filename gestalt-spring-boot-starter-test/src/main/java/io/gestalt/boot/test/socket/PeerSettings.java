package io.gestalt.boot.test.socket;

import java.lang.reflect.Type;
import java.util.Map;

import io.gestalt.boot.test.record.Journal;
import io.gestalt.boot.test.record.Recorder;
import io.gestalt.boot.test.record.SentMessage;
import io.gestalt.codec.PayloadCodec;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.SocketEndpoint;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What the peers of an endpoint are made of: its framing and its codec.
 *
 * @param endpoint the endpoint of the application
 * @param codec its codec as it was configured
 * @param journal what happens
 */
record PeerSettings(SocketEndpoint endpoint, PayloadCodec codec, Journal journal) {

	/** Those of an endpoint, {@code null} if its codec is not known. */
	static @Nullable PeerSettings of(SocketEndpoint endpoint, Recorder recorder) {
		PayloadCodec codec = recorder.codec(endpoint.name());
		return (codec != null) ? new PeerSettings(endpoint, codec, recorder.journal(endpoint.name())) : null;
	}

	/** Those of a peer, with what it does with messages that are no replies. */
	EndpointSettings create(Listener listener) {
		PayloadCodec both = new PayloadCodec(new PeerSerializer(this.codec.serializer(), this::received),
				this.codec.compressor(), this.codec.types(), this.codec.maxDecodedSize());
		return new EndpointSettings("peer of " + this.endpoint.name(), this.endpoint.settings().frameCodec(), both,
				listener)
			.requestTimeout(this.journal.timeout());
	}

	private void received(Raw raw) {
		this.journal.add(new SentMessage(this.endpoint.name(), raw.type(), raw.bytes(), Map.of(),
				(bytes, target) -> decode(bytes, raw.type(), target)));
	}

	/** What a payload is that was received after its decompression. */
	@Nullable Object decode(byte[] bytes, int type, Type target) {
		return (bytes.length > 0) ? this.codec.serializer().read(Unpooled.wrappedBuffer(bytes), type, target)
				: this.codec.serializer().empty(type, target);
	}

	/** What listens but says nothing: all that arrives is in the journal already. */
	static Listener silent() {
		return Listener.builder().other(Raw.class, (payload, context) -> null).replies(false).build();
	}

}

package io.gestalt.endpoint;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.gestalt.codec.PayloadCodec;
import io.gestalt.codec.serializer.JsonSerializer;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.harness.Await;
import io.gestalt.harness.Framing;
import io.gestalt.harness.RawPeer;
import io.gestalt.harness.TestBed;
import io.gestalt.message.MessageTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** What peers can make the log say. */
@Timeout(30)
class HostileLogTests {

	private static final Framing FRAMES = Framing.LENGTH_PREFIXED;

	private final TestBed bed = new TestBed();

	private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getLevel() == Level.WARN) {
				HostileLogTests.this.warnings.add(event.getFormattedMessage());
			}
		}

	};

	@BeforeEach
	void listen() {
		this.appender.start();
		((Logger) LoggerFactory.getLogger(Endpoint.class)).addAppender(this.appender);
	}

	@AfterEach
	void close() {
		((Logger) LoggerFactory.getLogger(Endpoint.class)).detachAppender(this.appender);
		this.bed.close();
	}

	@Test
	void aPayloadDoesNotCommandTheTerminalThatShowsTheLog() throws Exception {
		PayloadCodec json = new PayloadCodec(new JsonSerializer(), null, MessageTypes.none(), 8_000_000);
		Listener listener = Listener.of(Integer.class, (payload, context) -> payload);
		TcpServerEndpoint server = this.bed.server(new EndpointSettings("test", FRAMES.codec(100_000), json, listener));
		String escaped = "a\\u001b[31m \\u202e " + "x".repeat(900);
		try (RawPeer peer = RawPeer.connect(server.port())) {
			peer.send(FRAMES.frame('"' + escaped + '"')).awaitEnd();
		}
		assertThat(warning()).contains("UNDECODABLE", "a?[31m ? x").hasSizeLessThan(600).matches("\\P{C}*");
	}

	private String warning() throws Exception {
		Await.until("it was logged", () -> !this.warnings.isEmpty());
		return this.warnings.element();
	}

}

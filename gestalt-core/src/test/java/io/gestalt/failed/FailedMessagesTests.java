package io.gestalt.failed;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.gestalt.codec.PayloadCodec;
import io.gestalt.codec.compressor.GzipCompressor;
import io.gestalt.codec.serializer.TextSerializer;
import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Ordering;
import io.gestalt.endpoint.EndpointEvent;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.IntakeEndpoint;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.endpoint.udp.UdpEndpoint;
import io.gestalt.endpoint.udp.UdpTargets;
import io.gestalt.failed.Failure.Reason;
import io.gestalt.failed.FailedMessageEvent.Action;
import io.gestalt.failed.store.BoundedStore;
import io.gestalt.failed.store.StoreLimits;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.LengthPrefixedFrameCodec;
import io.gestalt.frame.MessageTypeFrameCodec;
import io.gestalt.frame.StreamFrameCodec;
import io.gestalt.harness.RawPeer;
import io.gestalt.harness.TestBed;
import io.gestalt.message.MessageContext;
import io.gestalt.message.MessageHandler;
import io.gestalt.message.MessageTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class FailedMessagesTests {

	private static final int LIMIT = 1000;

	private static final FrameCodec FRAMES = new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, 100_000);

	private static final RecordingRules RULES = new RecordingRules(EnumSet.allOf(Reason.class), false, LIMIT);

	private final TestBed bed = new TestBed();

	private final Map<String, IntakeEndpoint> endpoints = new ConcurrentHashMap<>();

	private final Queue<FailedMessageEvent> events = new ConcurrentLinkedQueue<>();

	private final BoundedStore store = new BoundedStore(new StoreLimits(100, 1_000_000));

	private final FailedMessages messages = new FailedMessages(this.store, RULES, this.endpoints::get,
			this.events::add);

	private final Queue<String> handled = new ConcurrentLinkedQueue<>();

	@AfterEach
	void close() {
		this.bed.close();
	}

	private EndpointSettings settings(FrameCodec frames, Listener listener) {
		return TestBed.text(frames, listener).observer(new EndpointObserver() {

			@Override
			public void onEvent(EndpointEvent event) {
			}

			@Override
			public FailureRecorder failures() {
				return FailedMessagesTests.this.messages;
			}

		});
	}

	private TcpServerEndpoint server(Listener listener) {
		TcpServerEndpoint server = this.bed.server(settings(FRAMES, listener));
		this.endpoints.put("test", server);
		return server;
	}

	private static Listener.Builder oneWay(MessageHandler<String> handler) {
		return Listener.builder().other(String.class, handler).replies(false);
	}

	/** Fails on whatever begins with 'bad'. */
	private Object handle(String payload, MessageContext context) {
		if (payload.startsWith("bad")) {
			throw new IllegalStateException("no " + payload);
		}
		this.handled.add(payload);
		return null;
	}

	private static byte[] frame(String payload) {
		byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
		byte[] frame = new byte[4 + bytes.length];
		frame[2] = (byte) (bytes.length >> 8);
		frame[3] = (byte) bytes.length;
		System.arraycopy(bytes, 0, frame, 4, bytes.length);
		return frame;
	}

	private void send(TcpServerEndpoint server, String... payloads) throws IOException {
		try (RawPeer peer = RawPeer.connect(server.port())) {
			for (String payload : payloads) {
				peer.send(frame(payload));
			}
			peer.shutdownOutput();
			peer.awaitEnd();
		}
	}

	private FailedMessage awaitFirst() throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		while (this.store.counts(null).kept() == 0 && System.nanoTime() < deadline) {
			Thread.onSpinWait();
		}
		return this.store.list(null, 0, 1).get(0);
	}

	@ParameterizedTest
	@CsvSource({ "WORKER,PEER", "WORKER,NONE", "EVENT_LOOP,PEER", "EVENT_LOOP,NONE" })
	void whatAHandlerFailsOnIsKeptAsItCameAndHandledOnceMore(Execution execution, Ordering ordering) throws Exception {
		TcpServerEndpoint server = server(oneWay(this::handle).execution(execution).ordering(ordering).build());
		send(server, "good", "bad one");
		FailedMessage failed = awaitFirst();
		assertThat(failed.endpoint()).isEqualTo("test");
		assertThat(failed.failure().reason()).isEqualTo(Reason.FAILED);
		assertThat(failed.failure().cause()).contains("IllegalStateException: no bad one (at ", "FailedMessagesTests");
		assertThat(failed.failure().attempts()).isEqualTo(1);
		assertThat(failed.sender().address()).startsWith("127.0.0.1:");
		assertThat(failed.content().payload()).asString().isEqualTo("bad one");
		this.messages.edit(failed.id(), "better".getBytes(StandardCharsets.UTF_8));
		assertThat(this.messages.replay(failed.id()).get().handled()).isTrue();
		assertThat(this.handled).containsExactly("good", "better");
		assertThat(this.store.counts(null).kept()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "WORKER,PEER", "WORKER,NONE", "EVENT_LOOP,PEER", "EVENT_LOOP,NONE" })
	void whatFailsLaterIsKeptAsItCame(Execution execution, Ordering ordering) throws Exception {
		TcpServerEndpoint server = server(oneWay((payload, context) -> Mono.delay(Duration.ofMillis(20)).map((tick) -> {
			throw new IllegalStateException("too late");
		})).execution(execution).ordering(ordering).build());
		send(server, "first", "second");
		awaitFirst();
		while (this.store.counts(null).kept() < 2) {
			Thread.onSpinWait();
		}
		assertThat(this.store.list(null, 0, 10))
			.extracting((message) -> new String(message.content().payload(), StandardCharsets.UTF_8))
			.containsExactlyInAnyOrder("first", "second");
		Replayed again = this.messages.replay(1).get();
		assertThat(again.handled()).isFalse();
		assertThat(again.failure()).hasMessage("too late");
		assertThat(this.store.find(1).failure().attempts()).isEqualTo(2);
	}

	@Test
	void whatCannotBeDecodedIsKeptAndHandledWhenItIsMended() throws Exception {
		TcpServerEndpoint server = server(oneWay((payload, context) -> "re " + payload).build());
		try (RawPeer peer = RawPeer.connect(server.port())) {
			peer.send(new byte[] { 0, 0, 0, 1, -1 });
			awaitFirst();
		}
		FailedMessage failed = awaitFirst();
		assertThat(failed.failure().reason()).isEqualTo(Reason.UNDECODABLE);
		Replayed again = this.messages.replay(failed.id()).get();
		assertThat(again.message().failure().reason()).isEqualTo(Reason.UNDECODABLE);
		assertThat(again.message().failure().attempts()).isEqualTo(2);
		this.messages.edit(failed.id(), "text".getBytes(StandardCharsets.UTF_8));
		assertThat(this.messages.replay(failed.id()).get().result()).isEqualTo("re text");
	}

	@Test
	void aMessageTypeThatNobodyWantsIsKeptWithItsType() throws Exception {
		FrameCodec frames = new MessageTypeFrameCodec(ByteOrder.BIG_ENDIAN, 1000);
		Listener listener = Listener.builder()
			.on(5, String.class, (MessageHandler<String>) this::handle)
			.replies(false)
			.build();
		TcpServerEndpoint server = this.bed.server(settings(frames, listener));
		this.endpoints.put("test", server);
		try (RawPeer peer = RawPeer.connect(server.port())) {
			peer.send(new byte[] { 0, 0, 0, 1, 0, 0, 0, 9, 'x' });
			FailedMessage failed = awaitFirst();
			assertThat(failed.failure().reason()).isEqualTo(Reason.UNHANDLED);
			assertThat(failed.content().type()).isEqualTo(9);
			assertThat(this.messages.replay(failed.id()).get().message().failure().reason())
				.isEqualTo(Reason.UNHANDLED);
		}
	}

	@Test
	void datagramsAreKeptToo() throws Exception {
		UdpEndpoint server = this.bed.datagrams(settings(new StreamFrameCodec(1000), oneWay(this::handle).build()),
				UdpTargets.none());
		this.endpoints.put("test", server);
		UdpEndpoint client = this.bed.datagrams(TestBed.text(new StreamFrameCodec(1000), null),
				UdpTargets.of(List.of(TestBed.loopback(server.port()))));
		client.send("bad datagram");
		FailedMessage failed = awaitFirst();
		assertThat(failed.sender().address()).isEqualTo("127.0.0.1:" + client.port());
		this.messages.edit(failed.id(), "fine".getBytes(StandardCharsets.UTF_8));
		assertThat(this.messages.replay(failed.id()).get().handled()).isTrue();
		assertThat(this.handled).containsExactly("fine");
	}

	@Test
	void aRequestWhosePeerWasCutOffIsKeptAndItsResultGoesToWhoeverReplaysIt() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		TcpServerEndpoint server = server(Listener.builder().other(String.class, (payload, context) -> {
			if (calls.incrementAndGet() == 1) {
				throw new IllegalStateException("not yet");
			}
			return "re " + payload;
		}).build());
		send(server, "request");
		assertThat(this.messages.replay(awaitFirst().id()).get().result()).isEqualTo("re request");
		assertThat(calls).hasValue(2);
	}

	@Test
	void aHandlerSeesWhoHasSentIt() throws Exception {
		Queue<String> peers = new ConcurrentLinkedQueue<>();
		TcpServerEndpoint server = server(oneWay((payload, context) -> {
			peers.add(context.peer().id() + context.peer().address());
			if (peers.size() == 1) {
				throw new IllegalStateException("not yet");
			}
			context.peer().send("anybody there?");
			return null;
		}).build());
		send(server, "hello");
		while (!server.peers().isEmpty()) {
			Thread.onSpinWait();
		}
		Replayed again = this.messages.replay(awaitFirst().id()).get();
		assertThat(again.failure()).hasMessageContaining("of a message that is handled once more is gone");
		assertThat(peers).hasSize(2);
		assertThat(peers.poll().substring(0, 10)).isEqualTo(peers.poll().substring(0, 10));
	}

	@Test
	void aReplayCallsTheHandlerOnceHoweverManyAskAtTheSameTime() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		CompletableFuture<String> release = new CompletableFuture<>();
		TcpServerEndpoint server = server(oneWay((payload, context) -> {
			if (calls.incrementAndGet() == 1) {
				throw new IllegalStateException("not yet");
			}
			return release;
		}).build());
		send(server, "slow");
		long id = awaitFirst().id();
		CompletableFuture<Replayed> first = this.messages.replay(id);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.messages.replay(id).join())
			.withMessageContaining("is being replayed");
		assertThatExceptionOfType(FailedMessageException.class).isThrownBy(() -> this.messages.discard(id));
		assertThatExceptionOfType(FailedMessageException.class).isThrownBy(() -> this.messages.edit(id, new byte[1]));
		release.complete("done");
		assertThat(first.get().result()).isEqualTo("done");
		assertThat(calls).hasValue(2);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.messages.replay(id).join())
			.withMessageContaining("Failed message %d is not stored".formatted(id));
		assertThat(calls).hasValue(2);
	}

	@Test
	void whatHadToMakeRoomWhileItWasReplayedIsKeptIfItFailsAgain() throws Exception {
		CompletableFuture<String> release = new CompletableFuture<>();
		TcpServerEndpoint server = server(oneWay((payload, context) -> {
			if (this.store.counts(null).kept() == 0) {
				throw new IllegalStateException("not yet");
			}
			return release;
		}).build());
		send(server, "slow");
		FailedMessage first = awaitFirst();
		CompletableFuture<Replayed> replay = this.messages.replay(first.id());
		for (int i = 0; i < 100; i++) {
			this.store.add(first);
		}
		assertThat(this.store.find(first.id())).isNull();
		release.completeExceptionally(new IllegalStateException("again"));
		FailedMessage failed = replay.get().message();
		assertThat(failed.failure().attempts()).isEqualTo(2);
		assertThat(this.store.find(failed.id())).isEqualTo(failed);
	}

	@Test
	void aLongPayloadIsCutAndCannotBeReplayedUntilItIsWhole() throws Exception {
		TcpServerEndpoint server = server(oneWay(this::handle).build());
		send(server, "bad" + "x".repeat(5000));
		FailedMessage failed = awaitFirst();
		assertThat(failed.content().payload()).hasSize(LIMIT);
		assertThat(failed.content().length()).isEqualTo(5003);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.messages.replay(failed.id()).join())
			.withMessageContaining("Only 1000 of the 5003 bytes of failed message 1 are kept");
		assertThatExceptionOfType(FailedMessageException.class)
			.isThrownBy(() -> this.messages.edit(failed.id(), new byte[LIMIT + 1]))
			.withMessage("Payload of 1001 bytes exceeds the limit of 1000 bytes");
		this.messages.edit(failed.id(), "short".getBytes(StandardCharsets.UTF_8));
		assertThat(this.messages.replay(failed.id()).get().handled()).isTrue();
	}

	/** Cannot even be logged. */
	private static final class UntellableException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new IllegalStateException("not even that");
		}

	}

	@ParameterizedTest
	@CsvSource({ "WORKER,PEER", "WORKER,NONE", "EVENT_LOOP,PEER", "EVENT_LOOP,NONE" })
	void aPeerIsServedOnAfterAFailureThatCannotSayWhatItIs(Execution execution, Ordering ordering) throws Exception {
		TcpServerEndpoint server = server(oneWay((payload, context) -> {
			if (payload.startsWith("bad")) {
				throw new UntellableException();
			}
			return handle(payload, context);
		}).execution(execution).ordering(ordering).build());
		try (RawPeer peer = RawPeer.connect(server.port())) {
			peer.send(frame("bad"));
			FailedMessage failed = awaitFirst();
			assertThat(failed.failure().cause()).contains("UntellableException that cannot say what it is");
			peer.send(frame("good"));
			peer.shutdownOutput();
			peer.awaitEnd();
		}
		assertThat(this.handled).containsExactly("good");
		assertThat(this.messages.replay(1).get().failure()).hasMessageContaining("UntellableException");
		assertThat(this.messages.replay(1).get().message().failure().attempts()).isEqualTo(3);
	}

	@Test
	void whatCannotBePutTogetherOrKeptIsCountedAndHoldsNobodyUp() {
		FailureDesk desk = new FailureDesk("x", () -> this.messages);
		desk.keep(Reason.FAILED, false, (endpoint) -> {
			throw new StackOverflowError();
		});
		assertThat(this.messages.counts(null).lost()).isEqualTo(1);
		Map<String, Object> headers = Map.of();
		for (int i = 0; i < 100_000; i++) {
			headers = Map.of("deeper", headers);
		}
		Content deep = new Content(0, headers, new byte[1]);
		desk.keep(Reason.FAILED, false, (endpoint) -> new FailedMessage(endpoint, new Sender("id", "address", null),
				deep, Failure.of(Reason.FAILED, null, 1), FailedMessage.Aftermath.NONE));
		assertThat(this.messages.counts(null)).isEqualTo(new FailedMessageStore.Counts(0, 0, 0, 2));
	}

	@Test
	void whoeverDoesAnythingIsNamed() throws Exception {
		TcpServerEndpoint server = server(oneWay(this::handle).build());
		send(server, "bad");
		long id = awaitFirst().id();
		FailedMessages ops = this.messages.as("ops");
		ops.list(null, 0, 10);
		ops.find(id);
		ops.edit(id, "bad again".getBytes(StandardCharsets.UTF_8));
		ops.replay(id).get();
		ops.discard(id);
		assertThatExceptionOfType(FailedMessageException.class).isThrownBy(() -> ops.find(id));
		assertThat(this.events).extracting(FailedMessageEvent::action)
			.containsExactly(Action.LIST, Action.SHOW, Action.EDIT, Action.REPLAY, Action.DISCARD, Action.SHOW);
		assertThat(this.events).extracting(FailedMessageEvent::actor).containsOnly("ops");
		assertThat(this.events).extracting((event) -> event.failure() != null)
			.containsExactly(false, false, false, true, false, true);
	}

	@Test
	void anEndpointThatIsGoneReplaysNothing() throws Exception {
		TcpServerEndpoint server = server(oneWay(this::handle).build());
		send(server, "bad");
		long id = awaitFirst().id();
		this.endpoints.clear();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.messages.replay(id).join())
			.withMessageContaining("is of endpoint 'test', which does not exist");
		assertThat(this.store.find(id).failure().attempts()).isEqualTo(1);
	}

	@Test
	void anErrorLeavesAMessageFreeForTheNextReplay() throws Exception {
		TcpServerEndpoint server = server(oneWay(this::handle).build());
		send(server, "bad");
		long id = awaitFirst().id();
		FailedMessages broken = new FailedMessages(this.store, RULES, (name) -> {
			throw new NoClassDefFoundError("gone");
		}, this.events::add);
		assertThat(broken.replay(id).get().failure()).isInstanceOf(NoClassDefFoundError.class);
		assertThat(broken.replay(id).get().message().failure().attempts()).isEqualTo(3);
		assertThat(broken.discard(id).id()).isEqualTo(id);
	}

	@Test
	void onlyWhatIsWantedIsKept() {
		FailedMessages few = new FailedMessages(this.store, new RecordingRules(EnumSet.of(Reason.FAILED), false, 1),
				this.endpoints::get, this.events::add);
		assertThat(few.wants(Reason.FAILED, false)).isTrue();
		assertThat(few.wants(Reason.FAILED, true)).isFalse();
		assertThat(few.wants(Reason.UNHANDLED, false)).isFalse();
		assertThat(new FailureDesk("x", () -> few).wants(Reason.FAILED)).isTrue();
	}

	@Test
	void whatWasCompressedIsReplayedThroughTheSameChain() throws Exception {
		PayloadCodec gzip = new PayloadCodec(new TextSerializer(), new GzipCompressor(), MessageTypes.none(), 1000);
		EndpointSettings plain = settings(FRAMES, oneWay(this::handle).build());
		TcpServerEndpoint server = this.bed
			.server(new EndpointSettings("test", FRAMES, gzip, plain.listener()).observer(plain.observer()));
		this.endpoints.put("test", server);
		this.bed.client(new EndpointSettings("client", FRAMES, gzip, null), server.port()).send("bad luck");
		FailedMessage failed = awaitFirst();
		assertThat(failed.content().payload()).startsWith(0x1f, 0x8b);
		assertThat(this.messages.replay(failed.id()).get().failure()).hasMessage("no bad luck");
	}

}

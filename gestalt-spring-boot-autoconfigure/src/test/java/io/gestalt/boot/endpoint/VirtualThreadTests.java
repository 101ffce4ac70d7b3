package io.gestalt.boot.endpoint;

import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.boot.tcp.TcpAutoConfiguration;
import io.gestalt.endpoint.TcpServerEndpoint;
import io.gestalt.message.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadTests {

	private static final int PEERS = 100;

	private static final int MESSAGES = 50;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				CodecAutoConfiguration.class, EndpointAutoConfiguration.class, ListenerAutoConfiguration.class,
				LifecycleAutoConfiguration.class, TcpAutoConfiguration.class))
		.withPropertyValues("spring.threads.virtual.enabled=true");

	@Test
	void handlersBlockVirtualThreadsAndKeepTheOrderOfTheirPeers() {
		int threadsBefore = platformThreads();
		this.runner.withBean(Meeting.class).withPropertyValues("gestalt.tcp.server.meeting.port=0").run((context) -> {
			int port = context.getBean(TcpServerEndpoint.class).port();
			List<Socket> peers = new ArrayList<>();
			for (int i = 0; i < PEERS; i++) {
				Socket peer = new Socket("localhost", port);
				peers.add(peer);
				peer.getOutputStream().write(messages());
			}
			Meeting meeting = context.getBean(Meeting.class);
			assertThat(meeting.over.await(30, TimeUnit.SECONDS)).isTrue();
			meeting.check();
			assertThat(meeting.platformThreads).hasSize(MESSAGES)
				.allSatisfy((threads) -> assertThat(threads - threadsBefore).isLessThan(PEERS / 2));
			for (Socket peer : peers) {
				peer.close();
			}
		});
	}

	private static byte[] messages() {
		ByteBuffer frames = ByteBuffer.allocate(MESSAGES * 6);
		IntStream.range(10, 10 + MESSAGES)
			.forEach((i) -> frames.putInt(2).put(String.valueOf(i).getBytes(StandardCharsets.US_ASCII)));
		return frames.array();
	}

	private static int platformThreads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

	/** Nobody goes on before all peers are there, so that all handlers block at once. */
	static class Meeting {

		private final CountDownLatch over = new CountDownLatch(PEERS * MESSAGES);

		private final Map<String, Queue<Integer>> handled = new ConcurrentHashMap<>();

		private final Set<Boolean> virtual = ConcurrentHashMap.newKeySet();

		private final Queue<Integer> platformThreads = new ConcurrentLinkedQueue<>();

		private final CyclicBarrier barrier = new CyclicBarrier(PEERS,
				() -> this.platformThreads.add(platformThreads()));

		@GestaltListener("meeting")
		void on(Integer number, Peer peer) throws Exception {
			this.barrier.await(20, TimeUnit.SECONDS);
			this.virtual.add(Thread.currentThread().toString().startsWith("VirtualThread["));
			this.handled.computeIfAbsent(peer.id(), (id) -> new ConcurrentLinkedQueue<>()).add(number);
			this.over.countDown();
		}

		private void check() {
			List<Integer> inOrder = IntStream.range(10, 10 + MESSAGES).boxed().toList();
			assertThat(this.handled).hasSize(PEERS)
				.allSatisfy((peer, numbers) -> assertThat(numbers).containsExactlyElementsOf(inOrder));
			assertThat(this.virtual).containsExactly(true);
		}

	}

}

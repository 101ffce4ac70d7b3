package io.gestalt.amqp.channel;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.amqp.TestConnections;
import io.gestalt.endpoint.connect.Reconnect;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(RabbitExtension.class)
@Timeout(60)
class ChannelKeeperTests {

	private static final Reconnect AT_ONCE = new Reconnect(Duration.ofMillis(1), 1, Duration.ofMillis(1), false);

	private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

	private final Recording user = new Recording();

	private TestConnections connections;

	private ChannelKeeper keeper;

	@BeforeEach
	void open(RabbitBroker broker) {
		this.connections = new TestConnections(broker.host(), broker.port());
		this.keeper = new ChannelKeeper(this.connections.connections(), AT_ONCE, this.scheduler, this.user);
	}

	@AfterEach
	void close() {
		this.keeper.stop();
		this.connections.close();
		this.scheduler.shutdownNow();
	}

	@Test
	void opensNoOtherChannelBeforeTheLossIsTold() throws Exception {
		this.keeper.start();
		CountDownLatch another = new CountDownLatch(1);
		CompletableFuture<Boolean> overtaken = new CompletableFuture<>();
		this.user.onOpened = (channel) -> another.countDown();
		this.user.onLost = (channel) -> overtaken.complete(another.await(500, TimeUnit.MILLISECONDS));
		this.user.opened.get(0).abort();
		assertThat(overtaken.get(10, TimeUnit.SECONDS)).isFalse();
		assertThat(another.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void closesWhatAnEarlierStartHasOpened() throws Exception {
		CountDownLatch opening = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		this.user.onOpened = (channel) -> {
			this.user.onOpened = (next) -> {
			};
			opening.countDown();
			go.await();
		};
		CompletableFuture<Void> first = CompletableFuture.runAsync(this.keeper::start);
		assertThat(opening.await(10, TimeUnit.SECONDS)).isTrue();
		this.keeper.stop();
		this.keeper.start();
		assertThat(this.user.opened).hasSize(2);
		go.countDown();
		first.get(10, TimeUnit.SECONDS);
		await().until(() -> !this.user.opened.get(0).isOpen());
		assertThat(this.user.opened.get(1).isOpen()).isTrue();
		assertThat(this.user.lost).isEmpty();
	}

	private interface Reaction {

		void to(Channel channel) throws InterruptedException;

	}

	private static final class Recording implements ChannelKeeper.User {

		private final List<Channel> opened = new CopyOnWriteArrayList<>();

		private final List<Channel> lost = new CopyOnWriteArrayList<>();

		private volatile Reaction onOpened = (channel) -> {
		};

		private volatile Reaction onLost = (channel) -> {
		};

		@Override
		public void opened(Channel channel) throws IOException {
			this.opened.add(channel);
			run(this.onOpened, channel);
		}

		@Override
		public void lost(Channel channel, ShutdownSignalException cause) {
			this.lost.add(channel);
			run(this.onLost, channel);
		}

		@Override
		public void failed(Exception cause, Duration retryIn) {
		}

		private static void run(Reaction reaction, Channel channel) {
			try {
				reaction.to(channel);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}

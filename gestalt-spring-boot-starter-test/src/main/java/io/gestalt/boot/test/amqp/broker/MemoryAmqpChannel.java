package io.gestalt.boot.test.amqp.broker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ReturnCallback;
import com.rabbitmq.client.ReturnListener;
import com.rabbitmq.client.ShutdownListener;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.boot.test.amqp.broker.MemoryBroker.Refusal;
import io.gestalt.boot.test.amqp.broker.Unsettled.Delivered;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a {@link Channel} that endpoints use. What it knows is guarded by its
 * broker; whom it tells, it tells on the thread of its connection.
 */
@SuppressWarnings({ "unused", "EffectivelyPrivate" }) // called by the names of the
														// interface
final class MemoryAmqpChannel {

	private final MemoryBroker broker;

	private final MemoryAmqpConnection connection;

	private final Channel proxy;

	private final Unsettled unsettled = new Unsettled();

	private final Map<String, Consuming> consumers = new LinkedHashMap<>();

	private final ChannelListeners listeners = new ChannelListeners();

	private volatile @Nullable ShutdownSignalException closed;

	private boolean confirming;

	private long published;

	private int prefetch;

	MemoryAmqpChannel(MemoryBroker broker, MemoryAmqpConnection connection) {
		this.broker = broker;
		this.connection = connection;
		this.proxy = Calls.implement(Channel.class, this, (ignored, method, arguments) -> {
			throw new UnsupportedOperationException(MemoryBroker.UNKNOWN.formatted("'%s'".formatted(method.getName())));
		});
	}

	Channel proxy() {
		return this.proxy;
	}

	void tell(Runnable news) {
		this.connection.tell(news);
	}

	ShutdownSignalException closeReason() {
		ShutdownSignalException reason = this.closed;
		return (reason != null) ? reason : MemoryAmqpConnection.signal(this.proxy, false, AMQP.REPLY_SUCCESS, "OK");
	}

	/** Is called by the broker, which is locked. */
	long delivered(@Nullable MemoryConsumer consumer, MemoryQueue queue, StoredMessage message, boolean autoAck) {
		return this.unsettled.add(consumer, queue, message, autoAck);
	}

	AMQP.Exchange.DeclareOk exchangeDeclare(String name, String type, boolean durable, boolean autoDelete,
			@Nullable Map<String, Object> arguments) throws IOException {
		ask(() -> this.broker.declareExchange(name, type));
		return new AMQP.Exchange.DeclareOk.Builder().build();
	}

	AMQP.Exchange.DeclareOk exchangeDeclarePassive(String name) throws IOException {
		ask(() -> this.broker.exchange(name));
		return new AMQP.Exchange.DeclareOk.Builder().build();
	}

	AMQP.Queue.DeclareOk queueDeclare(String name, boolean durable, boolean exclusive, boolean autoDelete,
			@Nullable Map<String, Object> arguments) throws IOException {
		String known = name.isEmpty() ? "amq.gen-" + UUID.randomUUID() : name;
		MemoryQueue queue = new MemoryQueue(known, (arguments != null) ? arguments : Map.of(),
				exclusive ? this.connection : null, autoDelete);
		ask(() -> this.broker.declareQueue(queue));
		return queueDeclarePassive(known);
	}

	AMQP.Queue.DeclareOk queueDeclarePassive(String name) throws IOException {
		List<MemoryQueue> found = new ArrayList<>();
		ask(() -> found.add(this.broker.queue(name)));
		return new AMQP.Queue.DeclareOk.Builder().queue(name)
			.messageCount(found.get(0).size())
			.consumerCount(found.get(0).consumers())
			.build();
	}

	AMQP.Queue.BindOk queueBind(String queue, String exchange, String key, @Nullable Map<String, Object> arguments)
			throws IOException {
		ask(() -> this.broker.bind(queue, exchange, key, (arguments != null) ? arguments : Map.of()));
		return new AMQP.Queue.BindOk.Builder().build();
	}

	long messageCount(String queue) throws IOException {
		return queueDeclarePassive(queue).getMessageCount();
	}

	void basicQos(int count) {
		this.prefetch = count;
	}

	String basicConsume(String queue, boolean autoAck, Consumer consumer) throws IOException {
		return basicConsume(queue, autoAck, "", false, false, Map.of(), consumer);
	}

	String basicConsume(String queue, boolean autoAck, String consumerTag, boolean noLocal, boolean exclusive,
			@Nullable Map<String, Object> arguments, Consumer consumer) throws IOException {
		String known = consumerTag.isEmpty() ? "amq.ctag-" + UUID.randomUUID() : consumerTag;
		MemoryConsumer consuming = new MemoryConsumer(this, known, autoAck, this.prefetch, consumer);
		ask(() -> {
			MemoryQueue from = this.broker.queue(queue);
			this.consumers.put(known, new Consuming(consuming, from));
			consuming.begun();
			from.add(consuming);
		});
		return known;
	}

	void basicCancel(String consumerTag) {
		synchronized (this.broker) {
			Consuming cancelled = this.consumers.remove(consumerTag);
			if (cancelled != null) {
				leave(cancelled);
				cancelled.consumer().cancelled();
			}
		}
	}

	private void leave(Consuming consuming) {
		if (consuming.queue().remove(consuming.consumer())) {
			this.broker.delete(consuming.queue());
		}
	}

	@Nullable GetResponse basicGet(String queue, boolean autoAck) throws IOException {
		List<GetResponse> got = new ArrayList<>();
		ask(() -> {
			MemoryQueue from = this.broker.queue(queue);
			StoredMessage message = from.poll();
			if (message != null) {
				Envelope envelope = new Envelope(delivered(null, from, message, autoAck), message.redelivered(),
						message.exchange(), message.routingKey());
				got.add(new GetResponse(envelope, message.properties(), message.body(), from.size()));
			}
		});
		return got.isEmpty() ? null : got.get(0);
	}

	void basicAck(long last, boolean multiple) {
		settle(last, multiple, (delivered) -> {
		});
	}

	void basicReject(long last, boolean requeue) {
		settle(last, false, (delivered) -> {
			if (requeue) {
				delivered.queue().giveBack(List.of(delivered.message()));
			}
			else {
				this.broker.deadLetter(delivered.queue(), delivered.message(), "rejected");
			}
		});
	}

	private void settle(long last, boolean multiple, java.util.function.Consumer<Delivered> how) {
		checkOpen();
		synchronized (this.broker) {
			this.unsettled.settle(last, multiple, how);
		}
	}

	AMQP.Confirm.SelectOk confirmSelect() {
		this.confirming = true;
		return new AMQP.Confirm.SelectOk.Builder().build();
	}

	void addConfirmListener(ConfirmListener listener) {
		this.listeners.onConfirm(listener);
	}

	ReturnListener addReturnListener(ReturnCallback callback) {
		return this.listeners.onReturn(callback);
	}

	void basicPublish(String exchange, String key, boolean mandatory, AMQP.BasicProperties properties, byte[] body)
			throws IOException {
		checkOpen();
		AMQP.BasicProperties received = MemoryBroker.overTheWire(properties);
		synchronized (this.broker) {
			long number = ++this.published;
			try {
				if (!this.broker.publish(StoredMessage.of(exchange, key, received, body)) && mandatory) {
					tell(() -> this.listeners.returned(exchange, key, received, body));
				}
				if (this.confirming) {
					tell(() -> this.listeners.confirmed(number));
				}
			}
			catch (Refusal ex) {
				close(MemoryAmqpConnection.signal(this.proxy, false, ex.code(), String.valueOf(ex.getMessage())));
			}
		}
	}

	Connection getConnection() {
		return this.connection.proxy();
	}

	boolean isOpen() {
		return this.closed == null;
	}

	@Nullable ShutdownSignalException getCloseReason() {
		return this.closed;
	}

	void addShutdownListener(ShutdownListener listener) {
		this.listeners.onShutdown(listener);
		if (!isOpen()) {
			tell(() -> listener.shutdownCompleted(closeReason()));
		}
	}

	void close() {
		close(MemoryAmqpConnection.signal(this.proxy, true, AMQP.REPLY_SUCCESS, "OK"));
	}

	void abort() {
		close();
	}

	/** Gives back what was not settled, and consumes no more. */
	void close(ShutdownSignalException reason) {
		synchronized (this.broker) {
			if (this.closed != null) {
				return;
			}
			this.closed = reason;
			this.consumers.values().forEach(this::leave);
			this.unsettled.giveBack();
			this.consumers.values().forEach((consuming) -> consuming.consumer().ended());
			this.consumers.clear();
		}
		this.connection.left(this);
		tell(() -> this.listeners.shutDown(reason));
	}

	private void checkOpen() {
		ShutdownSignalException reason = this.closed;
		if (reason != null) {
			throw new AlreadyClosedException(reason);
		}
	}

	private void ask(Question question) throws IOException {
		checkOpen();
		try {
			synchronized (this.broker) {
				question.ask();
			}
		}
		catch (Refusal ex) {
			ShutdownSignalException reason = MemoryAmqpConnection.signal(this.proxy, false, ex.code(),
					String.valueOf(ex.getMessage()));
			close(reason);
			throw new IOException(reason);
		}
	}

	private interface Question {

		void ask() throws Refusal;

	}

	private record Consuming(MemoryConsumer consumer, MemoryQueue queue) {
	}

}

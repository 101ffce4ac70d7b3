package io.gestalt.amqp.rpc;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import io.gestalt.amqp.connection.Channels;
import io.gestalt.amqp.connection.Dialect;
import io.gestalt.amqp.content.AmqpContent;
import io.gestalt.amqp.settings.RequesterOptions;
import org.jspecify.annotations.Nullable;

/**
 * An open channel on which requests go out, and the queue to which their replies come.
 * The queue bears a name of its own for every channel: until the broker has noticed that
 * a connection is gone it refuses to declare its exclusive queues once more.
 */
final class RequestLine {

	/** The longest time to live that any RabbitMQ takes. */
	private static final long LONGEST = Integer.MAX_VALUE;

	private static final long MOST_EARLY = 250;

	private final Channel channel;

	private final RequesterOptions options;

	private final int number;

	private final String queue;

	private final Dialect dialect;

	private final ReentrantLock writing = new ReentrantLock();

	private volatile @Nullable PendingReply written;

	private RequestLine(Channel channel, RequesterOptions options, int number, String queue) {
		this.channel = channel;
		this.options = options;
		this.number = number;
		this.queue = queue;
		this.dialect = Dialect.of(channel);
	}

	/**
	 * Prepares a channel.
	 * @param channel a channel that nobody else uses
	 * @param options how to ask
	 * @param number of the line, at least 1
	 * @param queue name of the queue for replies, which is declared
	 */
	static RequestLine open(Channel channel, RequesterOptions options, int number, String queue) throws IOException {
		channel.queueDeclare(queue, false, true, true, Map.of());
		if (options.returns() != null) {
			channel.queueBind(queue, options.returns(), "", Map.of(RpcHeaders.FROM, queue, "x-match", "any"));
		}
		return new RequestLine(channel, options, number, queue);
	}

	int number() {
		return this.number;
	}

	String queue() {
		return this.queue;
	}

	/**
	 * Sends a request, unless another line has taken it over, its time is up, the channel
	 * is closed, or RabbitMQ does not read.
	 * @return whether this has sent it
	 * @throws IOException if it may or may not have gone out
	 */
	boolean write(PendingReply request) throws IOException {
		if (!enter(request)) {
			return false;
		}
		try {
			this.written = request;
			AmqpContent content = request.isDue() ? null : request.claim(this.number);
			if (content == null) {
				return false;
			}
			return publish(request, content);
		}
		finally {
			this.written = null;
			this.writing.unlock();
		}
	}

	private boolean publish(PendingReply request, AmqpContent content) throws IOException {
		try {
			this.channel.basicPublish(this.options.exchange(), this.options.service(), true,
					properties(request, content), content.body());
			return true;
		}
		catch (AlreadyClosedException ex) {
			request.release(content);
			return false;
		}
	}

	private boolean enter(PendingReply request) {
		if (this.writing.tryLock()) {
			return true;
		}
		try {
			return this.writing.tryLock(request.remainingMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Whether a request takes longer to be written than its caller waits. */
	boolean isStuck() {
		PendingReply request = this.written;
		return request != null && request.isDue();
	}

	/** Runs a task while nothing is being written. */
	void betweenWrites(Runnable task) {
		this.writing.lock();
		try {
			task.run();
		}
		finally {
			this.writing.unlock();
		}
	}

	Channel channel() {
		return this.channel;
	}

	private AMQP.BasicProperties properties(PendingReply request, AmqpContent content) {
		long remaining = Math.max(1, request.remainingMillis());
		content.headers().put(RpcHeaders.FROM, this.queue);
		content.headers().put(RpcHeaders.TIMEOUT, remaining);
		return content.properties(false)
			.replyTo(this.queue)
			.correlationId(request.id())
			.expiration(Long.toString(expiration(remaining)))
			.build();
	}

	/**
	 * What nobody has taken up comes back a little before the caller gives up. Qpid's
	 * broker wants to know when that is, not in how many milliseconds.
	 */
	private long expiration(long remaining) {
		if (this.dialect == Dialect.QPID) {
			return System.currentTimeMillis() + remaining;
		}
		long early = (this.options.returns() != null) ? Math.min(MOST_EARLY, remaining / 10) : 0;
		return Math.min(LONGEST, remaining - early);
	}

	/** It cannot be used any more. */
	void close() {
		Channels.abandon(this.channel);
	}

}

package io.gestalt.amqp.receive;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.consume.AmqpDelivery;
import io.gestalt.amqp.content.AmqpCodec;
import io.gestalt.amqp.content.AmqpMessage;
import io.gestalt.amqp.content.ReceivedHeaders;
import io.gestalt.amqp.publish.Outgoing;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.SubscriberOptions;
import io.gestalt.endpoint.FailureLog;
import io.gestalt.failed.Failure.Reason;
import io.gestalt.message.SendException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where messages go that failed for good, and from where they can come back. A message is
 * always in one of the two queues: what leaves one is confirmed for the other before.
 */
public final class DeadLetters {

	/** Header that says in a word why a message was put aside. */
	public static final String REASON = "x-gestalt-reason";

	/** Header with the text of the failure, if it has one. */
	public static final String ERROR = "x-gestalt-error";

	/** Header with the name of the endpoint that has put a message aside. */
	public static final String ENDPOINT = "x-gestalt-endpoint";

	/** Header that says how often it was tried to handle a message. */
	public static final String ATTEMPTS = "x-gestalt-attempts";

	/** Header with the name of the exchange that a message came from. */
	public static final String EXCHANGE = "x-gestalt-exchange";

	/** Header with the routing key under which a message came. */
	public static final String ROUTING_KEY = "x-gestalt-routing-key";

	/** Header by which a message that was put aside is found again. */
	public static final String ID = "x-gestalt-failed-id";

	private static final Logger logger = LoggerFactory.getLogger(DeadLetters.class);

	private static final Set<String> OWN = Set.of(REASON, ERROR, ENDPOINT, ATTEMPTS, EXCHANGE, ROUTING_KEY, ID);

	private static final String DEATH = "x-death";

	private static final String FIRST_DEATH = "x-first-death-";

	private static final int LONGEST_ERROR = 500;

	private static final int TRIES = 3;

	/** Between two deliveries of a message that cannot be put aside. */
	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	private static final int AT_ONCE = 100;

	private final FailureLog failures = new FailureLog();

	/** By the clock of {@link System#nanoTime()}, {@code null} if nothing fails. */
	private volatile @Nullable Long failingSince;

	private final AmqpSettings settings;

	private final SubscriberOptions.DeadLetter target;

	private final String queue;

	private final Outgoing outgoing;

	public DeadLetters(AmqpSettings settings, SubscriberOptions.DeadLetter target, String queue, Outgoing outgoing) {
		this.settings = settings;
		this.target = target;
		this.queue = queue;
		this.outgoing = outgoing;
	}

	/**
	 * Puts a message aside. While that fails each message is tried once only, so that
	 * those which need not be put aside do not wait for them.
	 * @return the id by which it is found there, {@code null} if the broker has not
	 * confirmed that it has it
	 */
	@Nullable String put(AmqpDelivery delivery, Reason reason, int attempts, @Nullable Throwable cause)
			throws InterruptedException {
		Map<String, Object> why = why(delivery, reason, attempts, cause);
		String id = UUID.randomUUID().toString();
		why.put(ID, id);
		boolean whole = true;
		int left = (this.failingSince != null) ? 1 : TRIES;
		while (left > 0) {
			try {
				this.outgoing.publish(letter(delivery, whole, why)).get();
				this.failingSince = null;
				return id;
			}
			catch (ExecutionException ex) {
				if (whole && cannotBeWritten(ex.getCause())) {
					whole = false;
				}
				else {
					left--;
					refused(ex.getCause());
				}
			}
		}
		if (this.failingSince == null) {
			this.failingSince = System.nanoTime();
		}
		return null;
	}

	/** Where messages are put, for people to read. */
	String place() {
		return "dead-letter queue '%s'".formatted(this.target.queue());
	}

	/**
	 * Holds a message that was put aside, so that nobody else can take it.
	 * @param id the id by which it is found
	 * @return the message, {@code null} if it is not there, or somebody else holds it at
	 * the moment
	 */
	@Nullable ClaimedLetter claim(String id) throws IOException {
		Channel channel = AmqpConnections.open(this.settings.resources().connections().consuming());
		boolean found = false;
		try {
			for (long left = channel.messageCount(this.target.queue()); left > 0; left--) {
				GetResponse letter = channel.basicGet(this.target.queue(), false);
				if (letter == null) {
					break;
				}
				if (id.equals(String.valueOf(AmqpCodec.header(letter.getProps(), ID)))) {
					ClaimedLetter claimed = new ClaimedLetter(channel, letter.getEnvelope().getDeliveryTag(), place());
					claimed.giveBackOthers();
					found = true;
					return claimed;
				}
			}
			return null;
		}
		finally {
			if (!found) {
				channel.abort();
			}
		}
	}

	/**
	 * How long to keep a message that could not be put aside: about twice as long each
	 * time.
	 */
	Duration pause() {
		Long since = this.failingSince;
		long failing = (since != null) ? System.nanoTime() - since : 0;
		return Duration.ofNanos(Math.max(FIRST_PAUSE.toNanos(), Math.min(failing, LONGEST_PAUSE.toNanos())));
	}

	private void refused(@Nullable Throwable cause) {
		this.failures.warn("Endpoint '{}' could not put a message aside in exchange '{}': {}", this.settings.name(),
				this.target.exchange(), String.valueOf(cause));
		this.outgoing.restore();
	}

	private static boolean cannotBeWritten(@Nullable Throwable failure) {
		return failure instanceof SendException && failure.getCause() instanceof IllegalArgumentException;
	}

	private AmqpMessage letter(AmqpDelivery delivery, boolean whole, Map<String, Object> why) {
		AMQP.BasicProperties properties = whole ? delivery.properties() : Letter.reduced(delivery.properties());
		Map<String, Object> headers = Letter.headers(properties, OWN);
		headers.putAll(why);
		return new AmqpMessage(this.target.exchange(), this.target.routingKey(), true,
				Letter.of(properties).headers(headers).build(), delivery.body());
	}

	private Map<String, Object> why(AmqpDelivery delivery, Reason reason, int attempts, @Nullable Throwable cause) {
		Map<String, Object> why = new HashMap<>();
		why.put(REASON, reason.name().toLowerCase(Locale.ROOT));
		why.put(ENDPOINT, this.settings.name());
		why.put(ATTEMPTS, attempts);
		why.put(EXCHANGE, delivery.envelope().getExchange());
		why.put(ROUTING_KEY, delivery.envelope().getRoutingKey());
		String error = (cause != null) ? cause.getMessage() : null;
		if (error != null) {
			why.put(ERROR, (error.length() > LONGEST_ERROR) ? error.substring(0, LONGEST_ERROR) : error);
		}
		return why;
	}

	/**
	 * Moves messages back.
	 * @param max how many at the most
	 * @param filter which ones, by their headers
	 * @return how many
	 */
	public int replay(int max, Predicate<Map<String, Object>> filter) throws IOException, InterruptedException {
		Channel channel = AmqpConnections.open(this.settings.resources().connections().consuming());
		Deque<Move> moves = new ArrayDeque<>();
		int moved = 0;
		try {
			long waiting = channel.messageCount(this.target.queue());
			for (long i = 0; i < waiting && moved + moves.size() < max; i++) {
				GetResponse letter = channel.basicGet(this.target.queue(), false);
				if (letter == null) {
					break;
				}
				if (filter.test(new ReceivedHeaders(letter.getEnvelope(), letter.getProps()))) {
					moves.add(move(letter));
				}
				if (moves.size() == AT_ONCE) {
					moved += settle(channel, moves);
				}
			}
			return moved + settle(channel, moves);
		}
		finally {
			channel.abort();
		}
	}

	private Move move(GetResponse letter) {
		Map<String, Object> headers = Letter.headers(letter.getProps(), OWN);
		headers.keySet().removeIf((name) -> name.equals(DEATH) || name.startsWith(FIRST_DEATH));
		AmqpMessage message = new AmqpMessage("", this.queue, true,
				Letter.of(letter.getProps()).headers(headers).build(), letter.getBody());
		return new Move(letter.getEnvelope().getDeliveryTag(), this.outgoing.publish(message));
	}

	/** What is not confirmed stays where it is when the channel closes. */
	private int settle(Channel channel, Deque<Move> moves) throws IOException, InterruptedException {
		int moved = 0;
		for (Move move = moves.poll(); move != null; move = moves.poll()) {
			try {
				move.confirmed().get();
				channel.basicAck(move.tag(), false);
				moved++;
			}
			catch (ExecutionException ex) {
				logger.warn("Endpoint '{}' could not move a message back to queue '{}': {}", this.settings.name(),
						this.queue, String.valueOf(ex.getCause()));
			}
		}
		return moved;
	}

	/**
	 * A message on its way back.
	 *
	 * @param tag its delivery tag in the queue that it leaves
	 * @param confirmed completes when it is in the other
	 */
	private record Move(long tag, CompletableFuture<Void> confirmed) {
	}

}

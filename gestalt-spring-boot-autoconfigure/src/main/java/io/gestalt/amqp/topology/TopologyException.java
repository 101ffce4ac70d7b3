package io.gestalt.amqp.topology;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import io.gestalt.message.GestaltException;
import org.jspecify.annotations.Nullable;

/** An exchange or queue that is missing, or exists with other arguments. */
public final class TopologyException extends GestaltException {

	private static final Pattern INEQUIVALENT = Pattern
		.compile("inequivalent arg '([^']*)' .*received (.*) but current is (.*)$", Pattern.DOTALL);

	private static final String UNREACHABLE = "is down or inaccessible";

	/** Number of the class of methods about exchanges. */
	private static final int EXCHANGE = 40;

	private final String element;

	private final @Nullable Difference difference;

	private final @Nullable String endpoint;

	private TopologyException(String element, String message, @Nullable Difference difference, Throwable cause) {
		super(message, cause);
		this.element = element;
		this.difference = difference;
		this.endpoint = null;
	}

	private TopologyException(String endpoint, TopologyException refusal) {
		super("Endpoint '%s': %s".formatted(endpoint, refusal.getMessage()), refusal.getCause());
		this.element = refusal.element;
		this.difference = refusal.difference;
		this.endpoint = endpoint;
	}

	/** The same, said of an endpoint. */
	public TopologyException of(String name) {
		return new TopologyException(name, this);
	}

	/** Makes an exception of what the broker said, or gives back what is no refusal. */
	static IOException of(String element, Exception failure) throws TopologyException {
		String text = refusal(reason(failure));
		if (text == null) {
			return (failure instanceof IOException io) ? io : new IOException(failure);
		}
		Matcher matcher = INEQUIVALENT.matcher(text);
		Difference difference = matcher.find() ? new Difference(matcher.group(1), matcher.group(2), matcher.group(3))
				: null;
		String what = (difference == null) ? text : "it exists with '%s' %s, wanted is %s"
			.formatted(difference.argument(), difference.actual(), difference.wanted());
		throw new TopologyException(element, "RabbitMQ refused %s: %s".formatted(element, what), difference, failure);
	}

	/** Whether a classic queue is there, on a node that is not. */
	static boolean unreachable(Exception failure) {
		return reason(failure) instanceof AMQP.Channel.Close close && close.getReplyCode() == AMQP.NOT_FOUND
				&& close.getReplyText().contains(UNREACHABLE);
	}

	private static @Nullable Object reason(Exception failure) {
		ShutdownSignalException signal = (failure instanceof ShutdownSignalException direct) ? direct
				: (failure.getCause() instanceof ShutdownSignalException cause) ? cause : null;
		return (signal != null) ? signal.getReason() : null;
	}

	/** Qpid's broker closes the connection, too, over an exchange of another type. */
	private static @Nullable String refusal(@Nullable Object reason) {
		if (reason instanceof AMQP.Channel.Close channel) {
			return channel.getReplyText();
		}
		return (reason instanceof AMQP.Connection.Close connection && connection.getReplyCode() == AMQP.NOT_ALLOWED
				&& connection.getClassId() == EXCHANGE) ? connection.getReplyText() : null;
	}

	/** Whose needs were refused, {@code null} if that is not known. */
	public @Nullable String endpoint() {
		return this.endpoint;
	}

	/** What was refused, such as {@code queue 'orders'}. */
	public String element() {
		return this.element;
	}

	/** Where it differs from what is there, {@code null} if that is not the reason. */
	public @Nullable Difference difference() {
		return this.difference;
	}

	/**
	 * An argument with two values.
	 *
	 * @param argument its name
	 * @param wanted what this application declares
	 * @param actual what the broker has
	 */
	public record Difference(String argument, String wanted, String actual) {
	}

}

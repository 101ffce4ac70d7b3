package io.gestalt.boot.amqp;

import java.util.List;
import java.util.Objects;

import io.gestalt.amqp.AmqpPublisher;
import io.gestalt.amqp.AmqpRequester;
import io.gestalt.amqp.AmqpResponder;
import io.gestalt.amqp.AmqpSubscriber;
import io.gestalt.amqp.content.AmqpCodec;
import io.gestalt.amqp.settings.AmqpResources;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.amqp.settings.PublisherOptions;
import io.gestalt.amqp.settings.RequesterOptions;
import io.gestalt.amqp.settings.ResponderOptions;
import io.gestalt.amqp.settings.SubscriberOptions;
import io.gestalt.amqp.settings.SubscriberOptions.Batch;
import io.gestalt.amqp.settings.SubscriberOptions.DeadLetter;
import io.gestalt.amqp.settings.SubscriberOptions.Retry;
import io.gestalt.amqp.topology.Topology;
import io.gestalt.boot.amqp.AmqpEndpointProperties.Compatibility;
import io.gestalt.boot.amqp.SubscriberProperties.Mode;
import io.gestalt.boot.amqp.SubscriberProperties.QueueType;
import io.gestalt.boot.endpoint.EndpointBuilder;
import io.gestalt.boot.endpoint.EndpointDescription;
import io.gestalt.boot.endpoint.EndpointRole;
import io.gestalt.boot.properties.DefaultsProperties;
import io.gestalt.boot.properties.EndpointProperties;
import io.gestalt.boot.properties.PropertyLayers;
import io.gestalt.boot.support.Words;
import io.gestalt.transport.queue.OnFull;
import org.jspecify.annotations.Nullable;

/** Makes AMQP endpoints of their properties. */
class AmqpEndpointFactory {

	/** RabbitMQ keeps names of queues that begin so for itself. */
	private static final String RESERVED = "amq.";

	private static final String PYTHON_EXCHANGE = "amq.topic";

	private static final int PREFETCH = 250;

	private static final int PYTHON_PREFETCH = 1;

	private final AmqpProperties properties;

	private final EndpointBuilder builder;

	private final AmqpResources resources;

	private final List<TopologyCustomizer> customizers;

	private final String application;

	AmqpEndpointFactory(AmqpProperties properties, EndpointBuilder builder, AmqpResources resources,
			List<TopologyCustomizer> customizers, String application) {
		this.properties = properties;
		this.builder = builder;
		this.resources = resources;
		this.customizers = customizers;
		this.application = application;
	}

	/** Makes the publisher of a name. */
	AmqpPublisher publisher(String name) {
		PublisherProperties own = Objects.requireNonNull(this.properties.publisher().get(name));
		PropertyLayers layers = layers(AmqpProperties.PUBLISHERS, name, own);
		String exchange = exchange(name, own.exchange(), own.compatibility());
		String routingKey = (own.routingKey() != null) ? own.routingKey() : name;
		positive(layers, "window", own.window());
		checkQueue(layers);
		describe(name, EndpointRole.CLIENT, layers, "publishes to exchange '%s'".formatted(exchange),
				new Work("publishing", window(own.window())));
		PublisherOptions options = new PublisherOptions(exchange, routingKey, own.delivery(), own.mandatory(),
				own.window(), onFull(layers));
		return new AmqpPublisher(settings(name, layers, Topologies.publisher(exchange, own)), options);
	}

	/** What waits is bounded by the window. */
	private static void checkQueue(PropertyLayers layers) {
		String reason = "it can have no effect, as nothing waits but what is in the window";
		String action = "Remove it, or set '%s.window'.".formatted(layers.prefix());
		layers.reject("queue.capacity", (from) -> from.queue().capacity(), reason, action);
		layers.reject("queue.max-size", (from) -> from.queue().maxSize(), reason, action);
	}

	private static OnFull onFull(PropertyLayers layers) {
		return layers.get("queue.on-full", (from) -> from.queue().onFull(), (value) -> value != OnFull.DROP_OLDEST,
				"what was published cannot be taken back", "Set it to 'block', 'fail' or 'drop-newest'.");
	}

	/** Makes the subscriber of a name. */
	AmqpSubscriber subscriber(String name) {
		SubscriberProperties own = Objects.requireNonNull(this.properties.subscriber().get(name));
		PropertyLayers layers = layers(AmqpProperties.SUBSCRIBERS, name, own);
		String exchange = exchange(name, own.exchange(), own.compatibility());
		String queue = queue(name, exchange, own);
		DeadLetter deadLetter = deadLetter(queue, own);
		Concurrency concurrency = Concurrency.parse(layers, own.concurrency());
		ConsumerRules.check(layers, own, concurrency);
		describe(name, EndpointRole.SERVER, layers, "consumes queue '%s' of exchange '%s'".formatted(queue, exchange),
				new Work("consuming", consumers(concurrency, prefetch(own))));
		SubscriberOptions options = new SubscriberOptions(queue, Topologies.exclusiveConsumer(own),
				StreamOffset.arguments(layers, own), prefetch(own), concurrency.min(), concurrency.max(), own.ack(),
				batch(own), retry(own), deadLetter);
		return new AmqpSubscriber(settings(name, layers, Topologies.subscriber(exchange, queue, own, deadLetter)),
				options);
	}

	private static int prefetch(SubscriberProperties own) {
		boolean python = own.compatibility() == Compatibility.PYTHON_GESTALT;
		return (own.prefetch() != null) ? own.prefetch() : python ? PYTHON_PREFETCH : PREFETCH;
	}

	/** Subscribers of one exchange share a queue only if they name the same group. */
	private String queue(String name, String exchange, SubscriberProperties own) {
		if (own.queueName() != null) {
			return own.queueName();
		}
		String group = (own.group() != null) ? own.group() : this.application.isEmpty() ? name : this.application;
		String base = exchange.isEmpty() ? "gestalt" : exchange.startsWith(RESERVED) ? "gestalt." + exchange : exchange;
		boolean ambiguous = own.group() == null && !exchange.equals(name) && !group.equals(name);
		return base + "." + group + (ambiguous ? "." + name : "");
	}

	private static @Nullable DeadLetter deadLetter(String queue, SubscriberProperties own) {
		boolean kept = own.deadLetter().enabled() && own.mode() != Mode.BROADCAST
				&& own.compatibility() == Compatibility.NONE && Topologies.queueType(own) != QueueType.STREAM;
		String name = own.deadLetter().queue();
		return kept ? new DeadLetter(own.deadLetter().exchange(), queue, (name != null) ? name : queue + ".dead-letter")
				: null;
	}

	private static @Nullable Batch batch(SubscriberProperties own) {
		return (own.batch() != null) ? new Batch(own.batch().size(), own.batch().timeout()) : null;
	}

	private static Retry retry(SubscriberProperties own) {
		return new Retry(own.retry().attempts(), own.retry().initialInterval(), own.retry().multiplier(),
				own.retry().maxInterval());
	}

	/** Makes the requester of a name. */
	AmqpRequester requester(String name) {
		RequesterProperties own = Objects.requireNonNull(this.properties.requester().get(name));
		PropertyLayers layers = layers(AmqpProperties.REQUESTERS, name, own);
		String service = (own.service() != null) ? own.service() : name;
		positive(layers, "window", own.window());
		checkQueue(layers);
		Topology topology = Topologies.requester(own);
		describe(name, EndpointRole.CLIENT, layers, "asks service '%s'".formatted(service),
				new Work("requesting", window(own.window())));
		RequesterOptions options = new RequesterOptions(own.exchange(), service,
				topology.exchanges().get(topology.exchanges().size() - 1).name(),
				layers.get("request-timeout", EndpointProperties::requestTimeout,
						(value) -> !value.isNegative() && !value.isZero(), "it is not positive",
						"Set a time such as '5s'."),
				own.window(), layers.get((from) -> from.queue().onFull()));
		return new AmqpRequester(settings(name, layers, topology), options);
	}

	/** Makes the responder of a name. */
	AmqpResponder responder(String name) {
		ResponderProperties own = Objects.requireNonNull(this.properties.responder().get(name));
		PropertyLayers layers = layers(AmqpProperties.RESPONDERS, name, own);
		String service = (own.service() != null) ? own.service() : name;
		Concurrency concurrency = Concurrency.parse(layers, own.concurrency());
		positive(layers, "prefetch", own.prefetch());
		ConsumerRules.checkService(layers, own);
		describe(name, EndpointRole.SERVER, layers, "is service '%s'".formatted(service),
				new Work("serving", consumers(concurrency, own.prefetch())));
		ResponderOptions options = new ResponderOptions(service, own.prefetch(), concurrency.min(), concurrency.max(),
				own.errorReplies() && own.compatibility() == Compatibility.NONE);
		return new AmqpResponder(settings(name, layers, Topologies.responder(service, own)), options);
	}

	private PropertyLayers layers(String kind, String name, EndpointProperties own) {
		return this.builder.layers(kind + "." + name, own, DefaultsProperties.BUILT_IN);
	}

	private AmqpSettings settings(String name, PropertyLayers layers, Topology needed) {
		Topology topology = needed;
		for (TopologyCustomizer customizer : this.customizers) {
			topology = customizer.customize(name, topology);
		}
		AmqpCodec codec = new AmqpCodec(this.builder.codecs().registry(), this.builder.codecs().payloadCodec(layers),
				(int) layers.get((from) -> from.codec().compressionThreshold()).toBytes(),
				(int) layers.get((from) -> from.codec().maxDecodedSize()).toBytes());
		return new AmqpSettings(name, codec, this.resources, topology,
				layers.get("send-timeout", EndpointProperties::sendTimeout,
						(value) -> !value.isNegative() && !value.isZero(), "it is not positive",
						"Set a time such as '5s'."),
				this.builder.observer());
	}

	private static String exchange(String name, @Nullable String exchange, Compatibility compatibility) {
		if (exchange != null) {
			return exchange;
		}
		return (compatibility == Compatibility.PYTHON_GESTALT) ? PYTHON_EXCHANGE : name;
	}

	static void positive(PropertyLayers layers, String property, int value) {
		if (value < 1) {
			throw layers.invalid(property, (from) -> value, "it is not positive", "Set it to 1 or more.");
		}
	}

	private static String window(int window) {
		return "window of %d".formatted(window);
	}

	private static String consumers(Concurrency concurrency, int prefetch) {
		String number = (concurrency.max() == 1) ? "1 consumer"
				: (concurrency.min() == concurrency.max()) ? "%d consumers".formatted(concurrency.min())
						: "%d to %d consumers".formatted(concurrency.min(), concurrency.max());
		return "%s, prefetch %d".formatted(number, prefetch);
	}

	private void describe(String name, EndpointRole role, PropertyLayers layers, String what, Work work) {
		String compression = layers.get((from) -> from.codec().compression());
		String codec = layers.get((from) -> from.codec().serializer())
				+ (compression.equalsIgnoreCase("none") ? "" : " with " + compression);
		String traits = "%s, messages up to %s, %s%s".formatted(codec,
				Words.size(layers.get((from) -> from.codec().maxDecodedSize())), work.limits(),
				this.resources.connections().secured() ? ", TLS" : "");
		this.builder.describe(new EndpointDescription(name, layers.prefix(), role, what, work.activity(), traits,
				layers.get(EndpointProperties::required), layers.get(EndpointProperties::autoStartup)));
	}

	/**
	 * What an endpoint does, for people to read.
	 *
	 * @param activity one word for what it does while it works
	 * @param limits how much it has under way
	 */
	private record Work(String activity, String limits) {
	}

}

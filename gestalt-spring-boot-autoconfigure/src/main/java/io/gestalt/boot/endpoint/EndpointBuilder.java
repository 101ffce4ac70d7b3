package io.gestalt.boot.endpoint;

import java.time.Duration;

import io.gestalt.boot.codec.EndpointCodecs;
import io.gestalt.boot.properties.DefaultsProperties;
import io.gestalt.boot.properties.EndpointProperties;
import io.gestalt.boot.properties.PropertyLayers;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.transport.QueueLimits;

/** What the endpoints of all transports are built from. */
public final class EndpointBuilder {

	private final DefaultsProperties defaults;

	private final EndpointCodecs codecs;

	private final EndpointObserver observer;

	private final EndpointDescriptions descriptions;

	EndpointBuilder(DefaultsProperties defaults, EndpointCodecs codecs, EndpointObserver observer,
			EndpointDescriptions descriptions) {
		this.defaults = defaults;
		this.codecs = codecs;
		this.observer = observer;
		this.descriptions = descriptions;
	}

	/** Puts the properties of an endpoint over the defaults. */
	public PropertyLayers layers(String prefix, EndpointProperties own, DefaultsProperties builtIn) {
		return new PropertyLayers(prefix, own, this.defaults, builtIn);
	}

	/** Creates the settings of an endpoint. */
	public EndpointSettings settings(String name, PropertyLayers properties) {
		return new EndpointSettings(name, this.codecs.frameCodec(properties), this.codecs.payloadCodec(properties),
				queue(properties), positive(properties), properties.find(EndpointProperties::onError), null,
				this.observer);
	}

	/** Keeps a description for the log and for whoever asks. */
	public void describe(EndpointDescription description) {
		this.descriptions.add(description);
	}

	private static QueueLimits queue(PropertyLayers properties) {
		return properties.build("queue", EndpointProperties::queue,
				() -> new QueueLimits(properties.get((from) -> from.queue().capacity()),
						properties.get((from) -> from.queue().maxSize()).toBytes(),
						properties.get((from) -> from.queue().onFull()),
						properties.get(EndpointProperties::sendTimeout)),
				"Set 'queue.capacity' and 'queue.max-size' to positive values, 'send-timeout' to zero or more.");
	}

	private static Duration positive(PropertyLayers properties) {
		Duration timeout = properties.get(EndpointProperties::requestTimeout);
		if (timeout.isNegative() || timeout.isZero()) {
			throw properties.invalid("request-timeout", EndpointProperties::requestTimeout, "it is not positive",
					"Set a time such as '5s'.");
		}
		return timeout;
	}

}

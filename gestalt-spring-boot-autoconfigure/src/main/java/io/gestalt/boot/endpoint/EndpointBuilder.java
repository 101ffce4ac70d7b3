package io.gestalt.boot.endpoint;

import java.time.Duration;

import io.gestalt.boot.codec.EndpointCodecs;
import io.gestalt.boot.properties.DefaultsProperties;
import io.gestalt.boot.properties.EndpointProperties;
import io.gestalt.boot.properties.PropertyLayers;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.transport.queue.QueueLimits;
import org.springframework.util.unit.DataSize;

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
		properties.reject("codec.compression-threshold", (from) -> from.codec().compressionThreshold(),
				"neither TCP nor UDP says of each message whether it is compressed, so all of them are or none is",
				"Remove it, or set 'codec.compression' to 'none' to send small messages as they are.");
		return new EndpointSettings(name, this.codecs.frameCodec(properties), this.codecs.payloadCodec(properties),
				queue(properties), requestTimeout(properties), properties.find(EndpointProperties::onError), null,
				this.observer);
	}

	/** Makes codecs of properties. */
	public EndpointCodecs codecs() {
		return this.codecs;
	}

	/** Is told what happens to endpoints. */
	public EndpointObserver observer() {
		return this.observer;
	}

	/** Keeps a description for the log and for whoever asks. */
	public void describe(EndpointDescription description) {
		this.descriptions.add(description);
	}

	private static QueueLimits queue(PropertyLayers properties) {
		int capacity = properties.get("queue.capacity", (from) -> from.queue().capacity(), (value) -> value >= 1,
				"it is not positive", "Set it to 1 or more.");
		DataSize maxSize = properties.get("queue.max-size", (from) -> from.queue().maxSize(),
				(value) -> value.toBytes() >= 1, "it is not positive", "Set a size such as '64MB'.");
		Duration timeout = properties.get("send-timeout", EndpointProperties::sendTimeout,
				(value) -> !value.isNegative(), "it is negative", "Set a time such as '5s', or '0s' not to wait.");
		return new QueueLimits(capacity, maxSize.toBytes(), properties.get((from) -> from.queue().onFull()), timeout);
	}

	private static Duration requestTimeout(PropertyLayers properties) {
		return properties.get("request-timeout", EndpointProperties::requestTimeout,
				(value) -> !value.isNegative() && !value.isZero(), "it is not positive", "Set a time such as '5s'.");
	}

}

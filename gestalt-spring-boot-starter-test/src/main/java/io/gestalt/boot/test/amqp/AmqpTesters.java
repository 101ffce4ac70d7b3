package io.gestalt.boot.test.amqp;

import io.gestalt.amqp.AmqpEndpoint;
import io.gestalt.amqp.AmqpPublisher;
import io.gestalt.amqp.AmqpRequester;
import io.gestalt.amqp.AmqpResponder;
import io.gestalt.amqp.AmqpSubscriber;
import io.gestalt.amqp.connection.AmqpConnections;
import io.gestalt.amqp.content.AmqpCodec;
import io.gestalt.amqp.settings.AmqpResources;
import io.gestalt.amqp.settings.AmqpSettings;
import io.gestalt.boot.amqp.AmqpProperties;
import io.gestalt.boot.amqp.RequesterProperties;
import io.gestalt.boot.test.JournalTester;
import io.gestalt.boot.test.record.Recorder;
import io.gestalt.codec.Codecs;
import io.gestalt.codec.PayloadCodec;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.transport.WireTap.Direction;
import org.jspecify.annotations.Nullable;

/** Makes the peers of AMQP endpoints, which have connections of their own. */
public final class AmqpTesters {

	private final Recorder recorder;

	private final AmqpConnections connections;

	private final Codecs codecs;

	private final AmqpRecorder amqp;

	private final AmqpProperties properties;

	/**
	 * Prepares to make peers.
	 * @param recorder what happens
	 * @param connections to the broker, which nobody looks at
	 * @param codecs those of the application
	 * @param amqp what happens on its channels
	 * @param properties those of its endpoints
	 */
	public AmqpTesters(Recorder recorder, AmqpConnections connections, Codecs codecs, AmqpRecorder amqp,
			AmqpProperties properties) {
		this.amqp = amqp;
		this.properties = properties;
		this.recorder = recorder;
		this.connections = connections;
		this.codecs = codecs;
	}

	/** The other end of an endpoint, {@code null} if that is none of a broker. */
	public @Nullable JournalTester create(Endpoint endpoint) {
		PayloadCodec codec = this.recorder.codec(endpoint.name());
		if (!(endpoint instanceof AmqpEndpoint own) || codec == null) {
			return null;
		}
		this.recorder.notedByOthers(endpoint.name());
		AmqpPeer peer = new AmqpPeer(own, settings(own, codec), this.recorder.journal(endpoint.name()));
		own.tap((direction, at, bytes) -> {
			if (direction == Direction.IN) {
				this.recorder.note(endpoint.name(), bytes.array());
			}
			else {
				this.amqp.encoded(peer, bytes.array());
			}
		});
		if (endpoint instanceof AmqpSubscriber) {
			return new SubscriberTester(peer);
		}
		if (endpoint instanceof AmqpResponder) {
			return new ResponderTester(peer);
		}
		if (endpoint instanceof AmqpPublisher) {
			return new PublisherTester(peer);
		}
		return (endpoint instanceof AmqpRequester) ? new RequesterTester(peer, service(endpoint.name())) : null;
	}

	private String service(String name) {
		RequesterProperties own = this.properties.requester().get(name);
		return (own != null && own.service() != null) ? own.service() : name;
	}

	/** Those of a peer: the same topology, and the same codec, as it was configured. */
	private AmqpSettings settings(AmqpEndpoint endpoint, PayloadCodec codec) {
		AmqpSettings own = endpoint.settings();
		AmqpResources resources = own.resources();
		return new AmqpSettings("peer of " + own.name(), new AmqpCodec(this.codecs, codec, 0, codec.maxDecodedSize()),
				new AmqpResources(this.connections, resources.scheduler(), resources.worker(), resources.reconnect(),
						resources.topology()),
				own.topology(), own.sendTimeout(), (event) -> {
				});
	}

}

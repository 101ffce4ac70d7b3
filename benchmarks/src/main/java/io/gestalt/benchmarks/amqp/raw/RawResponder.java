package io.gestalt.benchmarks.amqp.raw;

import java.io.IOException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.gestalt.benchmarks.amqp.workload.AmqpWorkload;
import io.gestalt.benchmarks.amqp.workload.Place;

/** Replies on the client's own thread, and acknowledges 100 requests with one frame. */
final class RawResponder extends DefaultConsumer {

	private final RawCodec codec;

	private final RawAcks acks;

	private RawResponder(Channel channel, RawCodec codec) {
		super(channel);
		this.codec = codec;
		this.acks = new RawAcks(channel);
	}

	static AutoCloseable open(Place place) throws Exception {
		RawLine line = RawLine.open(place);
		line.channel().basicQos(AmqpWorkload.PREFETCH);
		line.channel()
			.basicConsume(place.queue(), false, new RawResponder(line.channel(), new RawCodec(place.workload())));
		return line;
	}

	@Override
	public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
			throws IOException {
		byte[] reply = this.codec.encode(this.codec.decode(body));
		getChannel().basicPublish("", properties.getReplyTo(),
				this.codec.properties().builder().correlationId(properties.getCorrelationId()).build(), reply);
		this.acks.handled(envelope.getDeliveryTag());
	}

}

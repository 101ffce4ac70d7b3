package io.gestalt.boot.test.amqp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.Envelope;
import io.gestalt.boot.test.amqp.broker.Calls;
import io.gestalt.boot.test.record.Settlement;

/** The methods of a channel by which messages come, go and are settled. */
@SuppressWarnings("unused") // called by the names of the interface
final class WatchedChannel {

	private final SortedMap<Long, Delivery> unsettled = new TreeMap<>();

	private final Channel channel;

	private final AmqpRecorder recorder;

	WatchedChannel(Channel channel, AmqpRecorder recorder) {
		this.channel = channel;
		this.recorder = recorder;
	}

	String basicConsume(String queue, boolean autoAck, String consumerTag, boolean noLocal, boolean exclusive,
			Map<String, Object> arguments, Consumer consumer) throws IOException {
		Consumer watched = autoAck ? consumer
				: Calls.implement(Consumer.class, new WatchedConsumer(consumer, this), AmqpRecorder.forward(consumer));
		return this.channel.basicConsume(queue, autoAck, consumerTag, noLocal, exclusive, arguments, watched);
	}

	private void delivered(Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
		Delivery delivery = this.recorder.delivered(properties, body);
		synchronized (this.unsettled) {
			this.unsettled.put(envelope.getDeliveryTag(), delivery);
		}
	}

	void basicPublish(String exchange, String routingKey, boolean mandatory, AMQP.BasicProperties properties,
			byte[] body) throws IOException {
		this.recorder.published(exchange, routingKey, properties, body);
		this.channel.basicPublish(exchange, routingKey, mandatory, properties, body);
	}

	void basicAck(long tag, boolean multiple) throws IOException {
		this.channel.basicAck(tag, multiple);
		take(tag, multiple).forEach(Delivery::acknowledge);
	}

	void basicReject(long tag, boolean requeue) throws IOException {
		this.channel.basicReject(tag, requeue);
		take(tag, false).forEach((delivery) -> delivery.settle(requeue ? Settlement.REQUEUED : Settlement.REJECTED));
	}

	private List<Delivery> take(long tag, boolean multiple) {
		synchronized (this.unsettled) {
			SortedMap<Long, Delivery> settled = this.unsettled.subMap(multiple ? 0 : tag, tag + 1);
			List<Delivery> taken = new ArrayList<>(settled.values());
			settled.clear();
			return taken;
		}
	}

	/**
	 * The method of a consumer that makes a difference.
	 *
	 * @param consumer the consumer itself
	 * @param channel that on which it consumes
	 */
	private record WatchedConsumer(Consumer consumer, WatchedChannel channel) {

		void handleDelivery(String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
				throws IOException {
			this.channel.delivered(envelope, properties, body);
			this.consumer.handleDelivery(consumerTag, envelope, properties, body);
		}

	}

}

package io.gestalt.amqp;

import java.util.concurrent.CountDownLatch;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.gestalt.dispatch.Listener;
import io.gestalt.test.rabbit.RabbitBroker;

/** Compares consuming with the client library alone, by turns. */
final class ConsumeBench {

	private static final int COUNT = 100_000;

	private static final int PREFETCH = 250;

	private ConsumeBench() {
	}

	public static void main(String[] arguments) throws Exception {
		try (RabbitBroker broker = RabbitBroker.launch().orElseThrow()) {
			for (int i = 0; i < 6; i++) {
				System.out.printf("raw %.0f/s, ours %.0f/s%n", raw(broker), ours(broker));
			}
		}
		System.exit(0);
	}

	private static void fill(QueueBed bed) throws Exception {
		bed.puttingAside = false;
		bed.declare();
		byte[] body = new byte[256];
		for (int i = 0; i < COUNT; i++) {
			bed.channel()
				.basicPublish("", bed.name, new AMQP.BasicProperties.Builder().contentType("application/data").build(),
						body);
		}
		bed.channel().waitForConfirmsOrDie(60_000);
	}

	private static double raw(RabbitBroker broker) throws Exception {
		try (QueueBed bed = new QueueBed(broker)) {
			fill(bed);
			ConnectionFactory factory = new ConnectionFactory();
			factory.setHost(broker.host());
			factory.setPort(broker.port());
			CountDownLatch done = new CountDownLatch(COUNT);
			try (Connection connection = factory.newConnection()) {
				Channel channel = connection.createChannel();
				channel.basicQos(PREFETCH);
				long start = System.nanoTime();
				channel.basicConsume(bed.name, false, new DefaultConsumer(channel) {

					@Override
					public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties,
							byte[] body) throws java.io.IOException {
						channel.basicAck(envelope.getDeliveryTag(), false);
						done.countDown();
					}

				});
				done.await();
				return COUNT * 1e9 / (System.nanoTime() - start);
			}
		}
	}

	private static double ours(RabbitBroker broker) throws Exception {
		try (QueueBed bed = new QueueBed(broker)) {
			fill(bed);
			CountDownLatch done = new CountDownLatch(COUNT);
			bed.prefetch = PREFETCH;
			AmqpSubscriber subscriber = bed.subscriber(Listener.of(byte[].class, (payload, context) -> {
				done.countDown();
				return null;
			}));
			long start = System.nanoTime();
			subscriber.start();
			done.await();
			return COUNT * 1e9 / (System.nanoTime() - start);
		}
	}

}

package io.gestalt.benchmarks.server;

import java.util.concurrent.atomic.LongAdder;

import io.gestalt.benchmarks.workload.Order;
import io.gestalt.benchmarks.workload.Workload;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.integration.annotation.Transformer;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNetServerConnectionFactory;
import org.springframework.integration.ip.tcp.inbound.TcpInboundGateway;
import org.springframework.integration.ip.tcp.inbound.TcpReceivingChannelAdapter;
import org.springframework.integration.ip.tcp.serializer.ByteArrayLengthHeaderSerializer;
import org.springframework.integration.json.JsonToObjectTransformer;
import org.springframework.integration.json.ObjectToJsonTransformer;
import org.springframework.integration.json.ObjectToJsonTransformer.ResultType;

/**
 * Spring Integration's inbound gateway over TCP, or with one-way traffic its channel
 * adapter, with a thread for each connection, and a service activator. The non-blocking
 * connection factory cannot take part, as it does not keep the order of a connection's
 * messages.
 */
final class IntegrationContender implements Contender {

	private static final int MAX_FRAME_SIZE = 1024 * 1024;

	@Override
	public RunningServer start(Workload workload, LongAdder handled) throws InterruptedException {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class,
				workload.oneWay() ? Adapter.class : Gateway.class, workload.json() ? Json.class : Plain.class)
			.web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off")
			.initializers((initialized) -> initialized.getBeanFactory()
				.registerSingleton("echo", new Echo(handled, workload.oneWay())))
			.run();
		AbstractServerConnectionFactory server = context.getBean(AbstractServerConnectionFactory.class);
		while (!server.isListening()) {
			Thread.sleep(10);
		}
		return new SpringServer(context, server.getPort());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableIntegration
	static class Application {

		@Bean
		TcpNetServerConnectionFactory server() {
			ByteArrayLengthHeaderSerializer frames = new ByteArrayLengthHeaderSerializer();
			frames.setMaxMessageSize(MAX_FRAME_SIZE);
			TcpNetServerConnectionFactory server = new TcpNetServerConnectionFactory(0);
			server.setLocalAddress("127.0.0.1");
			server.setSerializer(frames);
			server.setDeserializer(frames);
			server.setSoTcpNoDelay(true);
			return server;
		}

		@Bean
		DirectChannel requests() {
			return new DirectChannel();
		}

	}

	/** Requests that are answered. */
	static class Gateway {

		@Bean
		TcpInboundGateway gateway(AbstractServerConnectionFactory server, DirectChannel requests) {
			TcpInboundGateway gateway = new TcpInboundGateway();
			gateway.setConnectionFactory(server);
			gateway.setRequestChannel(requests);
			return gateway;
		}

	}

	/** Messages that are not. */
	static class Adapter {

		@Bean
		TcpReceivingChannelAdapter adapter(AbstractServerConnectionFactory server, DirectChannel requests) {
			TcpReceivingChannelAdapter adapter = new TcpReceivingChannelAdapter();
			adapter.setConnectionFactory(server);
			adapter.setOutputChannel(requests);
			return adapter;
		}

	}

	/** The service is all that there is. */
	static class Plain {

		@Bean
		Bytes bytes(Echo echo) {
			return new Bytes(echo);
		}

	}

	/** Orders are read before the service and written after it. */
	static class Json {

		@Bean
		Orders orderService(Echo echo) {
			return new Orders(echo);
		}

		@Bean
		@Transformer(inputChannel = "requests", outputChannel = "orders")
		JsonToObjectTransformer reader() {
			return new JsonToObjectTransformer(Order.class);
		}

		@Bean
		@Transformer(inputChannel = "replies")
		ObjectToJsonTransformer writer() {
			return new ObjectToJsonTransformer(ResultType.BYTES);
		}

	}

	/** Echoes bytes. */
	static final class Bytes {

		private final Echo echo;

		Bytes(Echo echo) {
			this.echo = echo;
		}

		@ServiceActivator(inputChannel = "requests")
		byte @Nullable [] echo(byte[] payload) {
			return this.echo.of(payload);
		}

	}

	/** Echoes orders. */
	static final class Orders {

		private final Echo echo;

		Orders(Echo echo) {
			this.echo = echo;
		}

		@ServiceActivator(inputChannel = "orders", outputChannel = "replies")
		@Nullable Order echo(Order order) {
			return this.echo.of(order);
		}

	}

}

package io.gestalt.benchmarks.server;

import java.util.concurrent.atomic.LongAdder;

import io.gestalt.benchmarks.workload.Order;
import io.gestalt.benchmarks.workload.Wire;
import io.gestalt.benchmarks.workload.Workload;
import io.rsocket.core.RSocketServer;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.rsocket.RSocketStrategies;
import org.springframework.messaging.rsocket.annotation.support.RSocketMessageHandler;
import org.springframework.stereotype.Controller;
import org.springframework.web.util.pattern.PathPatternRouteMatcher;

/**
 * A controller with {@code @MessageMapping} behind RSocket over TCP: request and
 * response, or with one-way traffic fire and forget. The beans and the payload decoder
 * are those that Spring Boot configures.
 */
final class RSocketContender implements Contender {

	@Override
	public RunningServer start(Workload workload, LongAdder handled) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off")
			.initializers((initialized) -> initialized.getBeanFactory()
				.registerSingleton("controller", controller(workload, handled)))
			.run();
		CloseableChannel server = RSocketServer.create(context.getBean(RSocketMessageHandler.class).responder())
			.payloadDecoder(PayloadDecoder.ZERO_COPY)
			.bindNow(TcpServerTransport.create("127.0.0.1", 0));
		return new RunningServer() {

			@Override
			public int port() {
				return server.address().getPort();
			}

			@Override
			public void close() {
				server.dispose();
				context.close();
			}

		};
	}

	private static Object controller(Workload workload, LongAdder handled) {
		if (workload.oneWay()) {
			return workload.json() ? new OrderSink(handled) : new ByteSink(handled);
		}
		return workload.json() ? new OrderEcho(handled) : new ByteEcho(handled);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@ImportAutoConfiguration(JacksonAutoConfiguration.class)
	static class Application {

		@Bean
		RSocketStrategies strategies(JsonMapper mapper) {
			return RSocketStrategies.builder()
				.routeMatcher(new PathPatternRouteMatcher())
				.encoder(new JacksonJsonEncoder(mapper))
				.decoder(new JacksonJsonDecoder(mapper))
				.build();
		}

		@Bean
		RSocketMessageHandler messageHandler(RSocketStrategies strategies) {
			RSocketMessageHandler handler = new RSocketMessageHandler();
			handler.setRSocketStrategies(strategies);
			return handler;
		}

	}

	/** Echoes bytes. */
	@Controller
	static final class ByteEcho {

		private final LongAdder handled;

		ByteEcho(LongAdder handled) {
			this.handled = handled;
		}

		@MessageMapping(Wire.ROUTE)
		byte[] echo(byte[] payload) {
			this.handled.increment();
			return payload;
		}

	}

	/** Echoes orders. */
	@Controller
	static final class OrderEcho {

		private final LongAdder handled;

		OrderEcho(LongAdder handled) {
			this.handled = handled;
		}

		@MessageMapping(Wire.ROUTE)
		Order echo(Order order) {
			this.handled.increment();
			return order;
		}

	}

	/** Takes bytes. */
	@Controller
	static final class ByteSink {

		private final LongAdder handled;

		ByteSink(LongAdder handled) {
			this.handled = handled;
		}

		@MessageMapping(Wire.ROUTE)
		void take(byte[] payload) {
			this.handled.increment();
		}

	}

	/** Takes orders. */
	@Controller
	static final class OrderSink {

		private final LongAdder handled;

		OrderSink(LongAdder handled) {
			this.handled = handled;
		}

		@MessageMapping(Wire.ROUTE)
		void take(Order order) {
			this.handled.increment();
		}

	}

}

package io.gestalt.benchmarks.server;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.gestalt.benchmarks.workload.Order;
import io.gestalt.benchmarks.workload.Workload;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.endpoint.TcpServerEndpoint;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A Spring Boot application with one annotated listener, configured by properties. */
final class GestaltSpringContender implements Contender {

	private final String execution;

	private final Handling handling;

	GestaltSpringContender(String execution, Handling handling) {
		this.execution = execution;
		this.handling = handling;
	}

	@Override
	public RunningServer start(Workload workload, LongAdder handled) {
		Map<String, Object> properties = Map.of("gestalt.tcp.server.benchmark.address", "127.0.0.1",
				"gestalt.tcp.server.benchmark.port", "0", "gestalt.tcp.server.benchmark.codec.serializer",
				(workload.json() && this.handling == Handling.VALUES) ? "json" : "bytes",
				"gestalt.tcp.server.benchmark.limits.max-connections", "20000", "gestalt.listener.benchmark.execution",
				this.execution, "spring.main.banner-mode", "off");
		Object listener = listener(workload, handled);
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties(properties)
			.initializers((initialized) -> initialized.getBeanFactory().registerSingleton("listener", listener))
			.run();
		TcpServerEndpoint endpoint = context.getBean("benchmark", TcpServerEndpoint.class);
		return new RunningServer() {

			@Override
			public int port() {
				return endpoint.port();
			}

			@Override
			public void close() {
				context.close();
			}

		};
	}

	private Object listener(Workload workload, LongAdder handled) {
		boolean oneWay = workload.oneWay();
		return switch (this.handling) {
			case VALUES -> workload.json() ? new Orders(handled, oneWay) : new Bytes(handled, oneWay);
			case BUFFERS -> new Buffers(handled, oneWay);
			case BY_HAND -> new OrdersByHand(handled, oneWay);
		};
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/** Echoes bytes. */
	static final class Bytes {

		private final LongAdder handled;

		private final boolean oneWay;

		Bytes(LongAdder handled, boolean oneWay) {
			this.handled = handled;
			this.oneWay = oneWay;
		}

		@GestaltListener("benchmark")
		byte @Nullable [] echo(byte[] payload) {
			this.handled.increment();
			return this.oneWay ? null : payload;
		}

	}

	/** Echoes orders. */
	static final class Orders {

		private final LongAdder handled;

		private final boolean oneWay;

		Orders(LongAdder handled, boolean oneWay) {
			this.handled = handled;
			this.oneWay = oneWay;
		}

		@GestaltListener("benchmark")
		@Nullable Order echo(Order order) {
			this.handled.increment();
			return this.oneWay ? null : order;
		}

	}

	/** Echoes the network's own buffer. */
	static final class Buffers {

		private final LongAdder handled;

		private final boolean oneWay;

		Buffers(LongAdder handled, boolean oneWay) {
			this.handled = handled;
			this.oneWay = oneWay;
		}

		@GestaltListener("benchmark")
		@Nullable ByteBuf echo(ByteBuf payload) {
			this.handled.increment();
			return this.oneWay ? null : payload;
		}

	}

	/** Echoes orders that it reads and writes by itself. */
	static final class OrdersByHand {

		private final LongAdder handled;

		private final boolean oneWay;

		OrdersByHand(LongAdder handled, boolean oneWay) {
			this.handled = handled;
			this.oneWay = oneWay;
		}

		@GestaltListener("benchmark")
		byte @Nullable [] echo(byte[] payload) {
			this.handled.increment();
			return JsonByHand.answer(payload, this.oneWay);
		}

	}

}

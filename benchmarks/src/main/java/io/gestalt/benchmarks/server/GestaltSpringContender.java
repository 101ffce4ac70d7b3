package io.gestalt.benchmarks.server;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.gestalt.benchmarks.workload.Order;
import io.gestalt.benchmarks.workload.Workload;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
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

	private final Watching watching;

	GestaltSpringContender(String execution, Handling handling, Watching watching) {
		this.execution = execution;
		this.handling = handling;
		this.watching = watching;
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
			.properties(this.watching.properties().toArray(String[]::new))
			.initializers((initialized) -> initialized.getBeanFactory().registerSingleton("listener", listener))
			.run();
		return new SpringServer(context, context.getBean("benchmark", TcpServerEndpoint.class).port());
	}

	private Object listener(Workload workload, LongAdder handled) {
		Echo echo = new Echo(handled, workload.oneWay());
		return switch (this.handling) {
			case VALUES -> workload.json() ? new Orders(echo) : new Bytes(echo);
			case BUFFERS -> new Buffers(echo);
			case BY_HAND -> new OrdersByHand(echo);
		};
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/** Echoes bytes. */
	static final class Bytes {

		private final Echo echo;

		Bytes(Echo echo) {
			this.echo = echo;
		}

		@GestaltListener("benchmark")
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

		@GestaltListener("benchmark")
		@Nullable Order echo(Order order) {
			return this.echo.of(order);
		}

	}

	/** Echoes the network's own buffer. */
	static final class Buffers {

		private final Echo echo;

		Buffers(Echo echo) {
			this.echo = echo;
		}

		@GestaltListener("benchmark")
		@Nullable ByteBuf echo(ByteBuf payload) {
			return this.echo.of(payload);
		}

	}

	/** Echoes orders that it reads and writes by itself. */
	static final class OrdersByHand {

		private final Echo echo;

		OrdersByHand(Echo echo) {
			this.echo = echo;
		}

		@GestaltListener("benchmark")
		byte @Nullable [] echo(byte[] payload) {
			return JsonByHand.answer(payload, this.echo);
		}

	}

}

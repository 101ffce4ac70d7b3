package io.gestalt.boot.observation;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.gestalt.boot.amqp.AmqpAutoConfiguration;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.ListenerAutoConfiguration;
import io.gestalt.boot.codec.CodecAutoConfiguration;
import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration;
import io.gestalt.endpoint.Endpoint;
import io.gestalt.test.rabbit.RabbitBroker;
import io.gestalt.test.rabbit.RabbitExtension;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;

/** Traces of W3C's kind through a real broker. */
@ExtendWith(RabbitExtension.class)
@Timeout(120)
class AmqpTraceTests {

	private static final ContextPropagators PROPAGATORS = ContextPropagators
		.create(W3CTraceContextPropagator.getInstance());

	private static final io.opentelemetry.api.trace.Tracer OTEL = OpenTelemetrySdk.builder()
		.setTracerProvider(SdkTracerProvider.builder().build())
		.setPropagators(PROPAGATORS)
		.build()
		.getTracer("test");

	private static final Tracer TRACER = new OtelTracer(OTEL, new OtelCurrentTraceContext(), (event) -> {
	});

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final String market = "market." + UUID.randomUUID();

	private final String service = "quotes." + UUID.randomUUID();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				CodecAutoConfiguration.class, EndpointAutoConfiguration.class, LifecycleAutoConfiguration.class,
				ListenerAutoConfiguration.class, RabbitAutoConfiguration.class, AmqpAutoConfiguration.class,
				MessageObservationAutoConfiguration.class))
		.withBean(ObservationRegistry.class, () -> this.registry)
		.withBean(Tracer.class, () -> TRACER)
		.withBean(Desk.class)
		.withPropertyValues("gestalt.amqp.publisher.prices.exchange=" + this.market,
				"gestalt.amqp.subscriber.ticks.exchange=" + this.market, "gestalt.amqp.subscriber.ticks.group=clerks",
				"gestalt.amqp.subscriber.ticks.routing-keys=#", "gestalt.amqp.responder.desk.service=" + this.service,
				"gestalt.amqp.requester.quotes.service=" + this.service);

	AmqpTraceTests() {
		OtelPropagator propagator = new OtelPropagator(PROPAGATORS, OTEL);
		this.registry.observationConfig()
			.observationHandler(new FirstMatchingCompositeObservationHandler(
					new PropagatingSenderTracingObservationHandler<>(TRACER, propagator),
					new PropagatingReceiverTracingObservationHandler<>(TRACER, propagator),
					new DefaultTracingObservationHandler(TRACER)));
	}

	private static String traceId() {
		return TRACER.currentSpan().context().traceId();
	}

	private String inTrace(Runnable work) {
		return Observation.createNotStarted("test", this.registry).observe(() -> {
			work.run();
			return traceId();
		});
	}

	@Test
	void aTraceGoesOnAtTheSubscriber(RabbitBroker broker) {
		this.runner.withPropertyValues(broker.properties()).run((context) -> {
			Endpoint prices = context.getBean("prices", Endpoint.class);
			Desk desk = context.getBean(Desk.class);
			String trace = inTrace(() -> prices.sendAsync(1).join());
			assertThat(desk.tick.get(10, TimeUnit.SECONDS)).isEqualTo(trace);
			assertThat(desk.header.get(10, TimeUnit.SECONDS)).startsWith("00-" + trace + "-");
		});
	}

	@Test
	void aTraceGoesOnAtTheResponder(RabbitBroker broker) {
		this.runner.withPropertyValues(broker.properties()).run((context) -> {
			Endpoint quotes = context.getBean("quotes", Endpoint.class);
			Desk desk = context.getBean(Desk.class);
			String trace = inTrace(() -> quotes.request(1, Integer.class).join());
			assertThat(desk.quote.get(10, TimeUnit.SECONDS)).isEqualTo(trace);
		});
	}

	@Test
	void whatAHandlerSendsBelongsToTheTraceOfItsMessage(RabbitBroker broker) {
		this.runner.withPropertyValues(broker.properties()).run((context) -> {
			Endpoint quotes = context.getBean("quotes", Endpoint.class);
			Desk desk = context.getBean(Desk.class);
			desk.forward = context.getBean("prices", Endpoint.class);
			String trace = inTrace(() -> quotes.request(1, Integer.class).join());
			assertThat(desk.tick.get(10, TimeUnit.SECONDS)).isEqualTo(trace);
		});
	}

	static class Desk {

		private final CompletableFuture<String> tick = new CompletableFuture<>();

		private final CompletableFuture<String> header = new CompletableFuture<>();

		private final CompletableFuture<String> quote = new CompletableFuture<>();

		private volatile Endpoint forward;

		@GestaltListener("ticks")
		void tick(int number, @Header("traceparent") String parent) {
			this.header.complete(parent);
			this.tick.complete(traceId());
		}

		@GestaltListener("desk")
		int quote(int number) {
			this.quote.complete(traceId());
			if (this.forward != null) {
				this.forward.send(number);
			}
			return number;
		}

	}

}

package io.gestalt.benchmarks.amqp.spring;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.gestalt.benchmarks.amqp.contender.Consumer;
import io.gestalt.benchmarks.amqp.contender.Contender;
import io.gestalt.benchmarks.amqp.contender.Publisher;
import io.gestalt.benchmarks.amqp.contender.Requester;
import io.gestalt.benchmarks.amqp.contender.Tally;
import io.gestalt.benchmarks.amqp.workload.Place;
import io.gestalt.benchmarks.workload.Order;
import org.springframework.amqp.support.converter.JacksonJsonMessageConverter;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code RabbitTemplate} and {@code @RabbitListener} with Spring Boot's defaults; with
 * confirms by {@code CorrelationData}, with JSON by the converter for it.
 */
public final class SpringContender implements Contender {

	@Override
	public Publisher publisher(Place place) {
		Map<String, String> properties = new HashMap<>();
		if (place.workload().confirms()) {
			properties.put("spring.rabbitmq.publisher-confirm-type", "correlated");
		}
		return new SpringPublisher(place, run(place, properties));
	}

	@Override
	public Consumer consumer(Place place, Tally tally) {
		return new SpringConsumer(run(place, Map.of("benchmark.auto-startup", "false"),
				SpringListeners.of(place.workload(), Echo.none(tally))));
	}

	@Override
	public Requester requester(Place place) {
		return new SpringRequester(place, run(place, Map.of()));
	}

	@Override
	public AutoCloseable responder(Place place) {
		return run(place, Map.of(), SpringListeners.of(place.workload(), Echo.reply()));
	}

	private static ConfigurableApplicationContext run(Place place, Map<String, String> properties, Object... beans) {
		Stream<Object> converters = place.workload().json()
				? Stream.of(new JacksonJsonMessageConverter(Order.class.getPackageName())) : Stream.empty();
		return BootApplication.run(place, properties, Stream.concat(converters, Stream.of(beans)).toArray());
	}

}

package io.gestalt.boot.failed;

import java.nio.file.Path;
import java.util.List;

import io.gestalt.boot.endpoint.EndpointAutoConfiguration;
import io.gestalt.boot.endpoint.GestaltEndpoints;
import io.gestalt.boot.support.InvalidPropertyException;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.failed.FailedMessageStore;
import io.gestalt.failed.FailedMessages;
import io.gestalt.failed.RecordingRules;
import io.gestalt.failed.Replayable;
import io.gestalt.failed.store.BoundedStore;
import io.gestalt.failed.store.FileJournal;
import io.gestalt.failed.store.StoreLimits;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** Keeps messages that could not be decoded or handled. */
@AutoConfiguration(after = EndpointAutoConfiguration.class)
@ConditionalOnBean(GestaltEndpoints.class)
@EnableConfigurationProperties(FailedMessagesProperties.class)
public final class FailedMessagesAutoConfiguration {

	private static final String PREFIX = "gestalt.failed-messages.";

	@Bean
	@ConditionalOnMissingBean(FailedMessageStore.class)
	@ConditionalOnProperty(name = PREFIX + "store", havingValue = "memory", matchIfMissing = true)
	BoundedStore gestaltFailedMessageMemory(FailedMessagesProperties properties) {
		return new BoundedStore(limits(properties));
	}

	@Bean
	@ConditionalOnMissingBean(FailedMessageStore.class)
	@ConditionalOnProperty(name = PREFIX + "store", havingValue = "file")
	BoundedStore gestaltFailedMessageFile(FailedMessagesProperties properties) {
		return new BoundedStore(limits(properties), FileJournal.open(Path.of(properties.file()), properties.fsync()));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(FailedMessageStore.class)
	FailedMessages gestaltFailedMessages(FailedMessageStore store, FailedMessagesProperties properties,
			ObjectProvider<GestaltEndpoints> endpoints, ApplicationEventPublisher publisher) {
		int maxPayload = Math.toIntExact(positive("max-payload-size", properties.maxPayloadSize().toBytes(),
				Math.min(Integer.MAX_VALUE, properties.maxBytes().toBytes())));
		RecordingRules rules = new RecordingRules(properties.reasons(), properties.answered(), maxPayload);
		return new FailedMessages(store, rules, (name) -> find(endpoints.getObject(), name), publisher::publishEvent);
	}

	private static StoreLimits limits(FailedMessagesProperties properties) {
		return new StoreLimits((int) positive("max-messages", properties.maxMessages(), Integer.MAX_VALUE),
				positive("max-bytes", properties.maxBytes().toBytes(), Long.MAX_VALUE));
	}

	private static long positive(String property, long value, long max) {
		if (value < 1 || value > max) {
			throw new InvalidPropertyException(PREFIX + property, value,
					(value < 1) ? "it is not positive"
							: "it is more than %d bytes, for which there is room".formatted(max),
					List.of("Set it to 1 or more, and 'max-payload-size' to no more than 'max-bytes'."));
		}
		return value;
	}

	private static @Nullable Replayable find(GestaltEndpoints endpoints, String name) {
		return endpoints.all()
			.stream()
			.filter((endpoint) -> endpoint.name().equals(name) && endpoint instanceof Replayable)
			.map(Replayable.class::cast)
			.findFirst()
			.orElse(null);
	}

	@Bean
	@ConditionalOnBean(FailedMessages.class)
	EndpointObserver gestaltFailureObserver(FailedMessages messages) {
		return new FailureObserver(messages);
	}

}

package io.gestalt.boot.properties;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.gestalt.boot.actuate.GestaltEndpointProperties;
import io.gestalt.boot.amqp.AmqpProperties;
import io.gestalt.boot.amqp.PublisherProperties;
import io.gestalt.boot.amqp.RequesterProperties;
import io.gestalt.boot.amqp.ResponderProperties;
import io.gestalt.boot.amqp.SubscriberProperties;
import io.gestalt.boot.failed.FailedMessagesProperties;
import io.gestalt.boot.failed.actuate.FailedMessagesEndpointProperties;
import io.gestalt.boot.tcp.TcpClientProperties;
import io.gestalt.boot.tcp.TcpServerProperties;
import io.gestalt.boot.timer.TimerProperties;
import io.gestalt.boot.udp.UdpClientProperties;
import io.gestalt.boot.udp.UdpServerProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/** Writes the properties down, for people and for development environments. */
final class PropertiesDocument {

	private static final String AMQP = "gestalt.amqp.";

	private final Map<String, List<DocumentedProperty>> sections = new LinkedHashMap<>();

	PropertiesDocument() {
		add("All endpoints", "gestalt.defaults", DefaultsProperties.class, DefaultsProperties.BUILT_IN);
		add("TCP servers", "gestalt.tcp.server.*", TcpServerProperties.class, DefaultsProperties.BUILT_IN);
		add("TCP clients", "gestalt.tcp.client.*", TcpClientProperties.class, DefaultsProperties.BUILT_IN);
		add("UDP servers", "gestalt.udp.server.*", UdpServerProperties.class, DefaultsProperties.BUILT_IN_FOR_UDP);
		add("UDP clients", "gestalt.udp.client.*", UdpClientProperties.class, DefaultsProperties.BUILT_IN_FOR_UDP);
		add("AMQP", "gestalt.amqp", AmqpProperties.class, null);
		add("AMQP publishers", AMQP + "publisher.*", PublisherProperties.class, DefaultsProperties.BUILT_IN);
		add("AMQP subscribers", AMQP + "subscriber.*", SubscriberProperties.class, DefaultsProperties.BUILT_IN);
		add("AMQP requesters", AMQP + "requester.*", RequesterProperties.class, DefaultsProperties.BUILT_IN);
		add("AMQP responders", AMQP + "responder.*", ResponderProperties.class, DefaultsProperties.BUILT_IN);
		add("Timers", "gestalt.timer.*", TimerProperties.class, TimerProperties.BUILT_IN);
		add("Listeners", "gestalt.listener.*", ListenerProperties.class, null);
		add("Shutdown", "gestalt.shutdown", ShutdownProperties.class, null);
		add("Observation", "gestalt.observation", ObservationProperties.class, null);
		add("Failed messages", "gestalt.failed-messages", FailedMessagesProperties.class, null);
		add("Actuator", "management.endpoint.gestalt", GestaltEndpointProperties.class, null);
		add("Actuator for failed messages", "management.endpoint.gestaltfailed", FailedMessagesEndpointProperties.class,
				null);
	}

	private void add(String title, String prefix, Class<?> record, @Nullable Object builtIn) {
		this.sections.put(title, PropertySections.collect(prefix, record, builtIn));
	}

	List<DocumentedProperty> properties() {
		return this.sections.values().stream().flatMap(List::stream).toList();
	}

	String markdown() {
		StringBuilder text = new StringBuilder(
				"""
						# Properties

						<!-- Generated from the records in io.gestalt.boot by PropertiesDocumentTests. -->

						`<name>` stands for the name of an endpoint or timer, which you choose. What an endpoint does not say is taken
						from `gestalt.defaults`, value by value, and else is the default below.

						Message types are given as `gestalt.types.<identifier>: <class>`.

						A property under `gestalt` that nobody reads stops the start, and the report says where it stands and
						which one was probably meant. System properties and environment variables belong to others too: there,
						an unknown first word that looks like no slip, such as `GESTALT_HOME`, is only mentioned in the log.
						""");
		this.sections.forEach((title, properties) -> {
			text.append("\n## %s\n\n| property | type | default | |\n|---|---|---|---|\n".formatted(title));
			properties.forEach((property) -> text.append(row(property)));
		});
		return text.toString();
	}

	private static String row(DocumentedProperty property) {
		return "| `%s` | %s | %s | %s |\n".formatted(property.name().replace("*", "<name>"), type(property),
				(property.defaultText() != null) ? "`" + property.defaultText() + "`" : "",
				property.description().replace("|", "\\|"));
	}

	private static String type(DocumentedProperty property) {
		if (property.type() instanceof Class<?> type && type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map((constant) -> "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
				.collect(Collectors.joining(", "));
		}
		return property.shortTypeName();
	}

	String metadata() {
		return properties().stream()
			.map(PropertiesDocument::json)
			.collect(Collectors.joining(",\n", "{\n\t\"properties\": [\n", "\n\t]\n}\n"));
	}

	private static String json(DocumentedProperty property) {
		StringBuilder json = new StringBuilder("\t\t{\n");
		json.append("\t\t\t\"name\": %s,\n".formatted(quoted(property.name())));
		json.append("\t\t\t\"type\": %s,\n".formatted(quoted(boxed(property))));
		json.append("\t\t\t\"description\": %s".formatted(quoted(property.description())));
		if (property.defaultText() != null) {
			json.append(",\n\t\t\t\"defaultValue\": %s".formatted(literal(property)));
		}
		return json.append("\n\t\t}").toString();
	}

	private static String boxed(DocumentedProperty property) {
		return (property.type() instanceof Class<?> type) ? ClassUtils.resolvePrimitiveIfNecessary(type).getName()
				: property.typeName();
	}

	private static String literal(DocumentedProperty property) {
		boolean bare = property.defaultValue() instanceof Number || property.defaultValue() instanceof Boolean;
		return bare ? property.defaultText() : quoted(property.defaultText());
	}

	private static String quoted(String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

}

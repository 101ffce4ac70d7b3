package io.gestalt.boot.test.amqp.broker;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import com.rabbitmq.client.AMQP;

/** Finds the queues of a message; guarded by its broker. */
final class MemoryExchange {

	static final Set<String> TYPES = Set.of("direct", "topic", "fanout", "headers");

	private final String type;

	private final List<Binding> bindings = new CopyOnWriteArrayList<>();

	MemoryExchange(String type) {
		this.type = type;
	}

	String type() {
		return this.type;
	}

	void bind(String queue, String key, Map<String, Object> arguments) {
		Binding binding = new Binding(queue, key, Map.copyOf(arguments));
		if (!this.bindings.contains(binding)) {
			this.bindings.add(binding);
		}
	}

	void unbind(String queue) {
		this.bindings.removeIf((binding) -> binding.queue().equals(queue));
	}

	Set<String> route(String key, AMQP.BasicProperties properties) {
		Set<String> queues = new LinkedHashSet<>();
		for (Binding binding : this.bindings) {
			if (matches(binding, key, properties)) {
				queues.add(binding.queue());
			}
		}
		return queues;
	}

	private boolean matches(Binding binding, String key, AMQP.BasicProperties properties) {
		return switch (this.type) {
			case "direct" -> binding.key().equals(key);
			case "topic" -> topic(binding.key().split("\\.", -1), 0, key.split("\\.", -1), 0);
			case "headers" -> headers(binding.arguments(), properties);
			default -> true;
		};
	}

	private static boolean topic(String[] pattern, int at, String[] words, int word) {
		if (at == pattern.length) {
			return word == words.length;
		}
		if (pattern[at].equals("#")) {
			return topic(pattern, at + 1, words, word) || (word < words.length && topic(pattern, at, words, word + 1));
		}
		return word < words.length && (pattern[at].equals("*") || pattern[at].equals(words[word]))
				&& topic(pattern, at + 1, words, word + 1);
	}

	private static boolean headers(Map<String, Object> wanted, AMQP.BasicProperties properties) {
		Map<String, Object> headers = (properties.getHeaders() != null) ? properties.getHeaders() : Map.of();
		boolean any = "any".equals(String.valueOf(wanted.get("x-match")));
		List<String> names = wanted.keySet().stream().filter((name) -> !name.startsWith("x-")).toList();
		long matching = names.stream()
			.filter((name) -> String.valueOf(wanted.get(name)).equals(String.valueOf(headers.get(name))))
			.count();
		return any ? matching > 0 : matching == names.size();
	}

	private record Binding(String queue, String key, Map<String, Object> arguments) {
	}

}

package io.gestalt.boot.actuate;

import java.util.List;
import java.util.stream.Collectors;

import io.gestalt.boot.actuate.EndpointNode.Handler;
import io.gestalt.boot.actuate.EndpointNode.ListenerNode;

/** Draws the graph as a Mermaid flow chart. */
final class Mermaid {

	private static final List<String> TAKING_IN = List.of("server", "subscriber", "responder");

	private final StringBuilder text = new StringBuilder("flowchart LR\n");

	private int boxes;

	String text() {
		return this.text.toString();
	}

	/** Adds something that is no endpoint. */
	void node(String name, String caption) {
		box("([", "%s\n%s".formatted(name, caption), "])");
	}

	void endpoint(String name, EndpointNode node) {
		String self = box("[", "%s\n%s: %s".formatted(name, node.kind(), node.state()), "]");
		for (Object place : node.where()) {
			String there = box("([", String.valueOf(place), "])");
			boolean comesIn = TAKING_IN.stream().anyMatch(node.kind()::endsWith);
			arrow(comesIn ? there : self, comesIn ? self : there);
		}
		if (node.peers().count() > 0) {
			String peers = box("((", (node.peers().count() == 1) ? "1 peer" : node.peers().count() + " peers", "))");
			this.text.append("\t%s <--> %s\n".formatted(peers, self));
		}
		ListenerNode listener = node.listener();
		if (listener != null) {
			handlers(self, listener.handlers());
		}
	}

	private void handlers(String endpoint, List<Handler> handlers) {
		for (Handler handler : handlers) {
			String method = box("[[", handler.method(), "]]");
			if (handler.messageType() != null) {
				this.text.append("\t%s -->|type %s| %s\n".formatted(endpoint, handler.messageType(), method));
			}
			else {
				arrow(endpoint, method);
			}
		}
	}

	private void arrow(String from, String to) {
		this.text.append("\t%s --> %s\n".formatted(from, to));
	}

	private String box(String begin, String label, String end) {
		String id = "n" + this.boxes++;
		String escaped = label.lines().map(Mermaid::escape).collect(Collectors.joining("<br/>"));
		this.text.append("\t%s%s\"%s\"%s\n".formatted(id, begin, escaped, end));
		return id;
	}

	/** Mermaid writes characters that mean something as entities without ampersand. */
	private static String escape(String line) {
		StringBuilder escaped = new StringBuilder();
		line.chars().forEach((character) -> {
			if ("\"#<>&;`\\[]{}|".indexOf(character) >= 0 || character < ' ') {
				escaped.append('#').append(character).append(';');
			}
			else {
				escaped.append((char) character);
			}
		});
		return escaped.toString();
	}

}

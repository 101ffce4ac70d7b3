package io.gestalt.test.rabbit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Several nodes of the machine's {@code rabbitmq-server} that are one cluster, to show
 * that an application outlives each of them. Nodes may be stopped, killed and started
 * again; all end with the cluster, or with this JVM.
 */
public final class RabbitCluster implements AutoCloseable {

	private final List<LocalRabbitBroker> nodes = new ArrayList<>();

	private RabbitCluster(RabbitInstallation installation, int count, List<String> plugins) {
		RabbitHome home = new RabbitHome();
		LocalRabbitBroker first = new LocalRabbitBroker(installation, home, null, plugins);
		this.nodes.add(first);
		for (int i = 1; i < count; i++) {
			this.nodes.add(new LocalRabbitBroker(installation, home, first.name(), plugins));
		}
	}

	/**
	 * Starts a cluster.
	 * @param nodes how many
	 * @param plugins to enable on each node, such as
	 * {@code rabbitmq_consistent_hash_exchange}
	 * @return the cluster, or nothing if this machine has no {@code rabbitmq-server}
	 */
	public static Optional<RabbitCluster> launch(int nodes, String... plugins) {
		return RabbitInstallation.find().map((installation) -> {
			RabbitCluster cluster = new RabbitCluster(installation, nodes, List.of(plugins));
			cluster.start();
			return cluster;
		});
	}

	/** Those that join have to find the first one. */
	private void start() {
		try {
			this.nodes.get(0).start();
			this.nodes.parallelStream().forEach(LocalRabbitBroker::start);
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/** One of the nodes. */
	public RabbitBroker node(int index) {
		return this.nodes.get(index);
	}

	/** The nodes, in the order of {@link #addresses()}. */
	public List<RabbitBroker> nodes() {
		return List.copyOf(this.nodes);
	}

	/** All nodes, as {@code spring.rabbitmq.addresses} takes them. */
	public String addresses() {
		return this.nodes.stream()
			.map((node) -> "%s:%d".formatted(node.host(), node.port()))
			.collect(Collectors.joining(","));
	}

	/** What {@code spring.rabbitmq} needs to know. */
	public String[] properties() {
		return new String[] { "spring.rabbitmq.addresses=" + addresses(),
				"spring.rabbitmq.username=" + this.nodes.get(0).username(),
				"spring.rabbitmq.password=" + this.nodes.get(0).password() };
	}

	/**
	 * Finds the node on which a queue lives, of a replicated queue the one that leads.
	 * @return its node, or nothing if the queue has none at present
	 */
	public Optional<RabbitBroker> leader(String queue) {
		String listed = control("list_queues", "--silent", "name", "pid", "leader");
		return listed.lines()
			.filter((line) -> line.startsWith(queue + "\t"))
			.flatMap((line) -> this.nodes.stream().filter((node) -> line.contains(node.name())))
			.map(RabbitBroker.class::cast)
			.findFirst();
	}

	/**
	 * Runs {@code rabbitmqctl} against a node that runs.
	 * @param arguments such as {@code cluster_status}
	 * @return what it printed
	 * @throws IllegalStateException if it failed, or no node runs
	 */
	public String control(String... arguments) {
		return this.nodes.stream()
			.filter(LocalRabbitBroker::running)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No node of the cluster runs"))
			.control(arguments);
	}

	@Override
	public void close() {
		this.nodes.forEach(LocalRabbitBroker::kill);
		this.nodes.forEach(LocalRabbitBroker::close);
	}

}

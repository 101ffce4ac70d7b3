package io.gestalt.test.rabbit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

@Timeout(300)
class RabbitClusterTests {

	@Test
	void isOneBrokerOfNodesThatComeAndGo() {
		RabbitCluster launched = RabbitCluster.launch(2, "rabbitmq_consistent_hash_exchange").orElse(null);
		assumeThat(launched).isNotNull();
		try (RabbitCluster cluster = launched) {
			assertThat(cluster.addresses().split(",")).hasSize(2);
			assertThat(running(cluster)).isEqualTo(2);
			cluster.node(0).kill();
			assertThat(running(cluster)).isEqualTo(1);
			cluster.node(0).start();
			assertThat(running(cluster)).isEqualTo(2);
			assertThat(cluster.control("list_vhosts")).contains("/");
			assertThat(cluster.leader("nobody")).isEmpty();
		}
	}

	private static int running(RabbitCluster cluster) {
		return Integer.parseInt(cluster.control("eval", "length(rabbit_nodes:all_running()).").strip());
	}

}

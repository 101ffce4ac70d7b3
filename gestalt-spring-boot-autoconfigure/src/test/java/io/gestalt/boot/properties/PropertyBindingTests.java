package io.gestalt.boot.properties;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.gestalt.boot.endpoint.EndpointDescription;
import io.gestalt.boot.endpoint.EndpointRole;
import io.gestalt.boot.tcp.TcpProperties;
import io.gestalt.boot.tcp.TcpServerProperties;
import io.gestalt.boot.udp.UdpProperties;
import io.gestalt.endpoint.OnError;
import io.gestalt.endpoint.connect.TargetPolicy;
import io.gestalt.transport.queue.OnFull;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class PropertyBindingTests {

	@Test
	void theWholeTreeBinds() throws Exception {
		Binder binder = bind("""
				gestalt:
				  defaults:
				    send-timeout: 1s
				    on-error: drop
				  tcp:
				    server:
				      orders:
				        port: 7000
				        framing: { type: delimited, delimiter: "\\r\\n", byte-order: little-endian }
				        codec: { serializer: msgpack, compression: gzip, compression-threshold: 2KB }
				        limits: { max-frame-size: 64KB, max-connections: 10 }
				        queue: { capacity: 7, max-size: 1MB, on-full: drop-oldest }
				        ssl: { bundle: web, client-auth: need }
				        request-timeout: 250ms
				    client:
				      rates: { target: "host-a:7000,host-b:7000", policy: round-robin, reconnect: { jitter: false } }
				  udp:
				    server:
				      telemetry: { port: 7001, multicast: { group: 239.1.2.3, interface: eth0 }, reuse-port: true }
				    client:
				      telemetry-out: { target: "239.1.2.3:7001", ttl: 3, broadcast: false }
				""");
		TcpProperties tcp = binder.bind("gestalt.tcp", TcpProperties.class).get();
		TcpServerProperties orders = tcp.server().get("orders");
		assertThat(orders.port()).isEqualTo(7000);
		assertThat(orders.address()).isEqualTo("0.0.0.0");
		assertThat(orders.framing()).isEqualTo(new FramingProperties(FramingProperties.Type.DELIMITED,
				FramingProperties.Endianness.LITTLE_ENDIAN, null, null, "\r\n", null));
		assertThat(orders.codec()).isEqualTo(new CodecProperties("msgpack", "gzip", DataSize.ofKilobytes(2), null));
		assertThat(orders.limits()).isEqualTo(new LimitsProperties(DataSize.ofKilobytes(64), 10, null, null));
		assertThat(orders.queue()).isEqualTo(new QueueProperties(7, DataSize.ofMegabytes(1), OnFull.DROP_OLDEST));
		assertThat(orders.ssl()).isEqualTo(new SslProperties("web", SslProperties.ClientAuth.NEED, null));
		assertThat(orders.requestTimeout()).isEqualTo(Duration.ofMillis(250));
		assertThat(tcp.client().get("rates").policy()).isEqualTo(TargetPolicy.ROUND_ROBIN);
		assertThat(tcp.client().get("rates").reconnect().jitter()).isFalse();
		UdpProperties udp = binder.bind("gestalt.udp", UdpProperties.class).get();
		assertThat(udp.server().get("telemetry").multicast().networkInterface()).isEqualTo("eth0");
		assertThat(udp.client().get("telemetry-out").ttl()).isEqualTo(3);
	}

	@Test
	void eachValueComesFromTheEndpointElseTheDefaultsElseIsBuiltIn() throws Exception {
		PropertyLayers layers = layers("""
				gestalt:
				  defaults:
				    queue: { capacity: 5, on-full: fail }
				    on-error: close
				    codec: { serializer: msgpack }
				  tcp.server.orders:
				    port: 0
				    queue: { capacity: 7 }
				""");
		int capacity = layers.get((from) -> from.queue().capacity());
		OnFull onFull = layers.get((from) -> from.queue().onFull());
		DataSize maxSize = layers.get((from) -> from.queue().maxSize());
		assertThat(capacity).isEqualTo(7);
		assertThat(onFull).isEqualTo(OnFull.FAIL);
		assertThat(maxSize).isEqualTo(DataSize.ofMegabytes(64));
		assertThat(layers.find(EndpointProperties::onError)).isEqualTo(OnError.CLOSE);
		assertThat(layers.nameOf("queue.capacity", (from) -> from.queue().capacity()))
			.isEqualTo("gestalt.tcp.server.orders.queue.capacity");
		assertThat(layers.nameOf("codec.serializer", (from) -> from.codec().serializer()))
			.isEqualTo("gestalt.defaults.codec.serializer");
		assertThat(layers.nameOf("queue.max-size", (from) -> from.queue().maxSize()))
			.isEqualTo("gestalt.tcp.server.orders.queue.max-size");
	}

	@Test
	void aDescriptionNamesWhatCounts() throws Exception {
		PropertyLayers layers = layers("""
				gestalt:
				  defaults: { ssl: { bundle: web }, codec: { compression: gzip } }
				  tcp.server.orders: { port: 0, limits: { max-frame-size: 1500B }, required: false }
				""");
		EndpointDescription description = EndpointDescription.of("orders", EndpointRole.SERVER, null, "10 connections",
				layers);
		assertThat(description.traits())
			.isEqualTo("length-prefixed, json with gzip, messages up to 1500B, 10 connections, TLS with bundle 'web'");
		assertThat(description.required()).isFalse();
		assertThat(description.autoStartup()).isTrue();
	}

	private static PropertyLayers layers(String yaml) throws Exception {
		Binder binder = bind(yaml);
		return new PropertyLayers("gestalt.tcp.server.orders",
				binder.bind("gestalt.tcp", TcpProperties.class).get().server().get("orders"),
				binder.bind("gestalt.defaults", DefaultsProperties.class).get(), DefaultsProperties.BUILT_IN);
	}

	private static Binder bind(String yaml) throws Exception {
		List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("test",
				new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
		return new Binder(ConfigurationPropertySources.from(sources));
	}

}

package io.gestalt.benchmarks.server;

import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import io.gestalt.benchmarks.workload.Order;
import io.gestalt.benchmarks.workload.Workload;
import io.gestalt.codec.PayloadCodec;
import io.gestalt.codec.Serializer;
import io.gestalt.codec.serializer.BytesSerializer;
import io.gestalt.codec.serializer.JsonSerializer;
import io.gestalt.dispatch.Execution;
import io.gestalt.dispatch.Listener;
import io.gestalt.endpoint.EndpointSettings;
import io.gestalt.endpoint.tcp.TcpServerEndpoint;
import io.gestalt.frame.LengthPrefixedFrameCodec;
import io.gestalt.message.MessageTypes;
import io.gestalt.transport.TransportResources;
import io.netty.buffer.ByteBuf;
import io.gestalt.transport.tcp.TcpOptions;

/** A TCP server endpoint of the core, without Spring. */
final class GestaltCoreContender implements Contender {

	private static final int MAX_SIZE = 1024 * 1024;

	private static final int MAX_CONNECTIONS = 20_000;

	private final Execution execution;

	private final Handling handling;

	GestaltCoreContender(Execution execution, Handling handling) {
		this.execution = execution;
		this.handling = handling;
	}

	@Override
	public RunningServer start(Workload workload, LongAdder handled) {
		Serializer serializer = (workload.json() && this.handling == Handling.VALUES) ? new JsonSerializer()
				: new BytesSerializer();
		EndpointSettings settings = new EndpointSettings("benchmark",
				new LengthPrefixedFrameCodec(4, ByteOrder.BIG_ENDIAN, false, MAX_SIZE),
				new PayloadCodec(serializer, null, MessageTypes.none(), MAX_SIZE), listener(workload, handled));
		TransportResources resources = TransportResources.create();
		TcpServerEndpoint endpoint = new TcpServerEndpoint(settings, new InetSocketAddress("127.0.0.1", 0),
				TcpOptions.DEFAULT.maxConnections(MAX_CONNECTIONS), resources);
		endpoint.start();
		return new RunningServer() {

			@Override
			public int port() {
				return endpoint.port();
			}

			@Override
			public void close() {
				endpoint.stop(Duration.ofSeconds(1));
				resources.close();
			}

		};
	}

	private Listener listener(Workload workload, LongAdder handled) {
		Echo echo = new Echo(handled, workload.oneWay());
		Listener.Builder listener = Listener.builder().execution(this.execution);
		if (this.handling == Handling.BY_HAND) {
			listener.other(byte[].class, (payload, context) -> JsonByHand.answer((byte[]) payload, echo));
		}
		else {
			listener.other(payloadType(workload), (payload, context) -> echo.of(payload));
		}
		return listener.build();
	}

	private Class<?> payloadType(Workload workload) {
		if (this.handling == Handling.BUFFERS) {
			return ByteBuf.class;
		}
		return workload.json() ? Order.class : byte[].class;
	}

}

package io.gestalt.endpoint.udp;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import io.gestalt.dispatch.Lane;
import io.gestalt.endpoint.framed.EndpointCore;
import io.gestalt.endpoint.FailureLog;
import io.gestalt.frame.Frame;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.FrameException;
import io.gestalt.message.Counter;
import io.gestalt.message.Counters;
import io.gestalt.transport.udp.DatagramReceiver;
import io.netty.buffer.ByteBuf;

/** Cuts datagrams into messages and hands them to the lanes of their senders. */
final class UdpReceiver implements DatagramReceiver {

	private final EndpointCore core;

	private final FrameCodec frameCodec;

	private final UdpPeers peers;

	private final UdpTargets targets;

	private final Counters counters;

	private final FailureLog failures = new FailureLog();

	private final Frame frame = new Frame();

	private final List<UdpPeer> touched = new ArrayList<>();

	UdpReceiver(EndpointCore core, UdpPeers peers, UdpTargets targets) {
		this.core = core;
		this.frameCodec = core.settings().frameCodec();
		this.counters = core.counters();
		this.peers = peers;
		this.targets = targets;
	}

	@Override
	public void received(InetSocketAddress sender, ByteBuf datagram) {
		if (!this.targets.wants(sender)) {
			this.counters.increment(Counter.UNHANDLED);
			return;
		}
		try {
			do {
				this.frameCodec.readDatagram(datagram, this.frame);
				this.counters.increment(Counter.RECEIVED);
				this.counters.add(Counter.RECEIVED_BYTES, this.frame.endIndex() - datagram.readerIndex());
				deliver(this.peers.get(sender), datagram);
			}
			while (datagram.isReadable());
		}
		catch (FrameException ex) {
			this.counters.increment(Counter.MALFORMED);
		}
	}

	private void deliver(UdpPeer peer, ByteBuf datagram) {
		int writerIndex = datagram.writerIndex();
		int endIndex = this.frame.endIndex();
		int start = this.frame.payloadIndex();
		datagram.setIndex(start, start + this.frame.payloadLength());
		try {
			deliverPayload(peer, datagram);
		}
		finally {
			datagram.setIndex(endIndex, writerIndex);
		}
	}

	private void deliverPayload(UdpPeer peer, ByteBuf payload) {
		Lane lane = peer.lane();
		if (lane == null) {
			this.counters.increment(Counter.UNHANDLED);
		}
		else if (!lane.ready()) {
			this.counters.increment(Counter.INBOUND_FULL);
		}
		else {
			lane.receive(this.frame.type(), payload);
			if (peer.touch()) {
				this.touched.add(peer);
			}
		}
	}

	@Override
	public void receiveComplete() {
		for (UdpPeer peer : this.touched) {
			peer.receiveComplete();
		}
		this.touched.clear();
	}

	@Override
	public void failed(Throwable cause) {
		this.failures.warn("Endpoint '{}' has a socket that failed to receive: {}", this.core.name(), cause.toString());
		this.core.broken(cause);
	}

}

package io.gestalt.transport.udp;

import java.net.InetSocketAddress;

import io.gestalt.transport.queue.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * Says where a queued datagram goes.
 *
 * @param target where it goes
 * @param size how many bytes it has
 * @param next follows it to its end, {@code null} if nobody cares
 */
public record DatagramTicket(InetSocketAddress target, int size, @Nullable Ticket next) implements Ticket {

	@Override
	public void written() {
		if (this.next != null) {
			this.next.written();
		}
	}

	@Override
	public void failed(Throwable cause) {
		if (this.next != null) {
			this.next.failed(cause);
		}
	}

	@Override
	public boolean abandoned() {
		return this.next != null && this.next.abandoned();
	}

}

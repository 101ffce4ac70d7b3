package io.gestalt.boot.test.amqp.broker;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ReturnCallback;
import com.rabbitmq.client.ReturnListener;
import com.rabbitmq.client.ShutdownListener;
import com.rabbitmq.client.ShutdownSignalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told what becomes of a channel and of what is published on it. */
final class ChannelListeners {

	private static final Logger logger = LoggerFactory.getLogger(ChannelListeners.class);

	private final List<ConfirmListener> confirms = new CopyOnWriteArrayList<>();

	private final List<ReturnListener> returns = new CopyOnWriteArrayList<>();

	private final List<ShutdownListener> shutdowns = new CopyOnWriteArrayList<>();

	void onConfirm(ConfirmListener listener) {
		this.confirms.add(listener);
	}

	ReturnListener onReturn(ReturnCallback callback) {
		ReturnListener listener = (code, text, exchange, key, properties, body) -> callback
			.handle(new Return(code, text, exchange, key, properties, body));
		this.returns.add(listener);
		return listener;
	}

	void onShutdown(ShutdownListener listener) {
		this.shutdowns.add(listener);
	}

	void returned(String exchange, String key, AMQP.BasicProperties properties, byte[] body) {
		for (ReturnListener listener : this.returns) {
			try {
				listener.handleReturn(AMQP.NO_ROUTE, "NO_ROUTE", exchange, key, properties, body);
			}
			catch (IOException ex) {
				logger.warn("Return listener failed", ex);
			}
		}
	}

	void confirmed(long number) {
		for (ConfirmListener listener : this.confirms) {
			try {
				listener.handleAck(number, false);
			}
			catch (IOException ex) {
				logger.warn("Confirm listener failed", ex);
			}
		}
	}

	void shutDown(ShutdownSignalException reason) {
		this.shutdowns.forEach((listener) -> listener.shutdownCompleted(reason));
	}

}

package io.gestalt.amqp.rpc;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.gestalt.amqp.consume.AmqpDelivery;
import io.gestalt.amqp.consume.AmqpReceiver;
import io.gestalt.amqp.consume.Attempt;
import io.gestalt.amqp.consume.Intake;
import io.gestalt.amqp.content.AmqpCodec;
import io.gestalt.amqp.content.ReceivedHeaders;
import io.gestalt.dispatch.Listener;
import io.gestalt.dispatch.Listener.Binding;
import io.gestalt.message.MessageContext;
import org.jspecify.annotations.Nullable;

/** Gives requests to their handlers, unless nobody waits for the reply any more. */
public final class RequestReceiver implements AmqpReceiver {

	private final Listener listener;

	private final AmqpCodec codec;

	private final Answers answers;

	public RequestReceiver(Listener listener, AmqpCodec codec, Answers answers) {
		this.listener = listener;
		this.codec = codec;
		this.answers = answers;
	}

	@Override
	public void receive(AmqpDelivery delivery, Intake intake) {
		ServedRequest request = new ServedRequest(delivery, this.answers);
		if (isExpired(delivery)) {
			this.answers.expired(request);
			return;
		}
		int type = delivery.type();
		Binding binding = this.listener.find(type);
		if (binding == null) {
			this.answers.unhandled(request);
			return;
		}
		Object payload;
		try {
			payload = this.codec.decode(delivery.properties(), delivery.body(), binding.payloadType());
		}
		catch (RuntimeException | Error ex) {
			this.answers.undecodable(request, ex);
			return;
		}
		call(binding, payload, request, type);
	}

	@Override
	public @Nullable Rest tryReceive(AmqpDelivery delivery, Intake intake) {
		receive(delivery, intake);
		return null;
	}

	private static boolean isExpired(AmqpDelivery delivery) {
		Long timeout = RpcHeaders.timeout(delivery.properties());
		return timeout != null
				&& System.nanoTime() - delivery.received() > TimeUnit.MILLISECONDS.toNanos(Math.max(0, timeout));
	}

	private void call(Binding binding, @Nullable Object payload, ServedRequest request, int type) {
		AmqpDelivery delivery = request.delivery();
		try {
			Object result = Attempt.call(binding, payload,
					new MessageContext(request, type, new ReceivedHeaders(delivery.envelope(), delivery.properties())));
			if (result instanceof CompletionStage<?> stage) {
				stage.whenComplete((value, failure) -> finish(request, value, failure));
			}
			else {
				this.answers.handled(request, result);
			}
		}
		catch (Exception ex) {
			this.answers.failed(request, ex);
		}
	}

	private void finish(ServedRequest request, @Nullable Object value, @Nullable Throwable failure) {
		if (failure == null) {
			this.answers.handled(request, value);
		}
		else {
			this.answers.failed(request, Attempt.reason(failure));
		}
	}

}

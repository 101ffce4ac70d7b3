package io.gestalt.boot.client;

import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlinx.coroutines.reactor.MonoKt;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.KotlinDetector;
import org.springframework.util.ClassUtils;

/** Lets coroutines wait for what an endpoint promised. */
final class Suspension {

	private Suspension() {
	}

	/** Whether the libraries are there without which no coroutine can wait. */
	static boolean possible() {
		return KotlinDetector.isKotlinReflectPresent()
				&& ClassUtils.isPresent("kotlinx.coroutines.reactor.MonoKt", Suspension.class.getClassLoader());
	}

	static @Nullable Object forDelivery(Mono<?> delivery, Object continuation) {
		return await(delivery.then(Mono.just(Unit.INSTANCE)), continuation);
	}

	static @Nullable Object forReply(Mono<?> reply, Object continuation) {
		return await(reply, continuation);
	}

	@SuppressWarnings("unchecked")
	private static <T> @Nullable Object await(Mono<T> mono, Object continuation) {
		return MonoKt.awaitSingleOrNull(mono, (Continuation<? super T>) continuation);
	}

}

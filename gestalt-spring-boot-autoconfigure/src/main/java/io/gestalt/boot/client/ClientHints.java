package io.gestalt.boot.client;

import java.lang.reflect.Method;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.util.ReflectionUtils;

/** Keeps client interfaces, and what they send and receive, in a native image. */
final class ClientHints implements BeanRegistrationAotProcessor {

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		if (!GestaltClientFactory.class.isAssignableFrom(bean.getBeanClass())) {
			return null;
		}
		Class<?> client = bean.getBeanType().as(GestaltClientFactory.class).getGeneric(0).toClass();
		return (generation, code) -> register(generation.getRuntimeHints(), client);
	}

	private void register(RuntimeHints hints, Class<?> client) {
		hints.proxies().registerJdkProxy(client);
		hints.reflection().registerType(client);
		for (Method method : client.getMethods()) {
			hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
			if (!method.isDefault() && !ReflectionUtils.isObjectMethod(method)) {
				this.bindings.registerReflectionHints(hints.reflection(), ClientMethod.of(method, client).replyType());
				for (Type payload : ClientMethod.payloadTypes(method)) {
					this.bindings.registerReflectionHints(hints.reflection(), payload);
				}
			}
		}
	}

}

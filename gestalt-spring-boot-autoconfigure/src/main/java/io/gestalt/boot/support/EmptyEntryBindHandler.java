package io.gestalt.boot.support;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Lets an entry be empty: YAML's <code>{}</code> arrives as an empty text. */
public final class EmptyEntryBindHandler extends AbstractBindHandler {

	private static final String NOWHERE = "gestalt-nowhere";

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("gestalt");

	public EmptyEntryBindHandler() {
	}

	public EmptyEntryBindHandler(BindHandler parent) {
		super(parent);
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) throws Exception {
		ConfigurationProperty property = context.getConfigurationProperty();
		Class<?> type = target.getType().resolve(Object.class);
		if (property != null && "".equals(property.getValue()) && type.isRecord() && ROOT.isAncestorOf(name)) {
			return context.getBinder().bindOrCreate(NOWHERE, target);
		}
		return super.onFailure(name, target, context, error);
	}

}

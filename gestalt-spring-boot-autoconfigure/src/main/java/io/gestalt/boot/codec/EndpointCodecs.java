package io.gestalt.boot.codec;

import java.util.Arrays;
import java.util.List;

import io.gestalt.boot.properties.PropertyLayers;
import io.gestalt.codec.CodecException;
import io.gestalt.codec.Codecs;
import io.gestalt.codec.PayloadCodec;
import io.gestalt.frame.FrameCodec;

import org.springframework.beans.factory.ListableBeanFactory;

/** Creates the framing and the codec chain that the properties of an endpoint ask for. */
public final class EndpointCodecs {

	/** Which element of a property is the name that the user gave. */
	private static final int NAME = 4;

	private final Codecs codecs;

	private final ListableBeanFactory beanFactory;

	private final List<PayloadCodecCustomizer> customizers;

	EndpointCodecs(Codecs codecs, ListableBeanFactory beanFactory) {
		this.codecs = codecs;
		this.beanFactory = beanFactory;
		this.customizers = beanFactory.getBeanProvider(PayloadCodecCustomizer.class).orderedStream().toList();
	}

	/** All codecs by their names. */
	public Codecs registry() {
		return this.codecs;
	}

	/** Creates a framing, or finds the bean that is meant. */
	public FrameCodec frameCodec(PropertyLayers properties) {
		String bean = properties.find((from) -> from.framing().codec());
		boolean typeIsNearer = properties.own().framing().codec() == null && properties.own().framing().type() != null;
		if (bean == null || typeIsNearer) {
			return new Framings(properties).create();
		}
		if (properties.own().framing().type() != null) {
			throw properties.invalid("framing.codec", (from) -> from.framing().codec(),
					"'%s.framing.type' is set too, and only one of them can hold".formatted(properties.prefix()),
					"Remove one of them.");
		}
		List<String> names = Arrays.asList(this.beanFactory.getBeanNamesForType(FrameCodec.class));
		if (!names.contains(bean)) {
			throw properties.invalid("framing.codec", (from) -> from.framing().codec(),
					"there is no FrameCodec bean of that name, there are %s".formatted(names),
					"Define a bean of type io.gestalt.frame.FrameCodec named '%s', or set ".formatted(bean)
							+ "'framing.type' to a built-in framing.");
		}
		return this.beanFactory.getBean(bean, FrameCodec.class);
	}

	/** Creates a chain of a serializer and a compressor. */
	public PayloadCodec payloadCodec(PropertyLayers properties) {
		String serializer = properties.get((from) -> from.codec().serializer());
		String compression = properties.get((from) -> from.codec().compression());
		int limit = limit(properties);
		check(serializer, compression, properties);
		PayloadCodec codec = this.codecs.payloadCodec(serializer, compression, limit);
		for (PayloadCodecCustomizer customizer : this.customizers) {
			codec = customizer.customize(endpoint(properties), codec);
		}
		return codec;
	}

	/** What follows {@code gestalt.<transport>.<role>}. */
	private static String endpoint(PropertyLayers properties) {
		return properties.prefix().split("\\.", NAME)[NAME - 1];
	}

	private void check(String serializer, String compression, PropertyLayers properties) {
		try {
			this.codecs.serializer(serializer);
		}
		catch (CodecException ex) {
			throw properties.invalid("codec.serializer", (from) -> from.codec().serializer(),
					String.valueOf(ex.getMessage()),
					"Choose one of %s, or define a bean of type io.gestalt.codec.Serializer with that name."
						.formatted(this.codecs.serializerNames()));
		}
		try {
			this.codecs.payloadCodec(serializer, compression, 1);
		}
		catch (CodecException ex) {
			throw properties.invalid("codec.compression", (from) -> from.codec().compression(),
					String.valueOf(ex.getMessage()),
					"Choose 'none' or one of %s, or define a bean of type io.gestalt.codec.Compressor with that name."
						.formatted(this.codecs.compressorNames()));
		}
	}

	private static int limit(PropertyLayers properties) {
		return (int) properties
			.get("codec.max-decoded-size", (from) -> from.codec().maxDecodedSize(), Framings::fitsAnArray,
					"it is not between 1 byte and 2 GB", "Set a size in between, such as '16MB'.")
			.toBytes();
	}

}

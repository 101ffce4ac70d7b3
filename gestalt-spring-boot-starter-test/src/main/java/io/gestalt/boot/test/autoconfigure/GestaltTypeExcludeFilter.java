package io.gestalt.boot.test.autoconfigure;

import java.io.IOException;
import java.util.Set;

import io.gestalt.boot.annotation.GestaltHandler;
import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.annotation.call.HandlerCustomizer;
import io.gestalt.boot.client.GestaltClient;
import io.gestalt.boot.codec.CodecsCustomizer;
import io.gestalt.boot.codec.MessageTypesCustomizer;
import io.gestalt.boot.codec.PayloadCodecCustomizer;
import io.gestalt.boot.tcp.ConnectionPipelineCustomizer;
import io.gestalt.boot.timer.GestaltTimer;
import io.gestalt.codec.Compressor;
import io.gestalt.codec.Serializer;
import io.gestalt.endpoint.EndpointObserver;
import io.gestalt.frame.FrameCodec;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Leaves those components of an application that {@link GestaltTest} tests. */
final class GestaltTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<GestaltTest> {

	private static final Set<Class<?>> TYPES = Set.of(Serializer.class, Compressor.class, FrameCodec.class,
			CodecsCustomizer.class, MessageTypesCustomizer.class, PayloadCodecCustomizer.class,
			ConnectionPipelineCustomizer.class, HandlerCustomizer.class, EndpointObserver.class);

	private static final Set<Class<?>> METHODS = Set.of(GestaltListener.class, GestaltHandler.class,
			GestaltTimer.class);

	private final Set<Class<?>> listeners;

	GestaltTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.listeners = Set.of(getAnnotation().getClassArray("listeners"));
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return TYPES;
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return this.listeners;
	}

	@Override
	protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
		return super.defaultInclude(reader, factory)
				|| reader.getAnnotationMetadata().hasAnnotation(GestaltClient.class.getName())
				|| (this.listeners.isEmpty() && hasListeners(reader.getAnnotationMetadata()));
	}

	private static boolean hasListeners(AnnotationMetadata type) {
		return type.hasAnnotation(GestaltListener.class.getName())
				|| METHODS.stream().anyMatch((annotation) -> type.hasAnnotatedMethods(annotation.getName()));
	}

}

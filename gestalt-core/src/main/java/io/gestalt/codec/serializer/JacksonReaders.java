package io.gestalt.codec.serializer;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;

/** The readers of one Jackson mapper, one per type, as each of them is costly to make. */
final class JacksonReaders {

	private final ObjectReader strict;

	private final ObjectMapper mapper;

	private final Map<Type, ObjectReader> byType = new ConcurrentHashMap<>();

	JacksonReaders(ObjectMapper mapper, ObjectReader reader) {
		this.mapper = mapper;
		this.strict = reader.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

	ObjectReader forType(Type type) {
		ObjectReader reader = this.byType.get(type);
		return (reader != null) ? reader : this.byType.computeIfAbsent(type,
				(missing) -> this.strict.forType(this.mapper.constructType(missing)));
	}

}

package io.gestalt.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.gestalt.message.MessageTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the words of the configuration and the labels on the wire become serializers and
 * compressors: the built-in ones, and the user's own, which win. Safe for use by many
 * threads. A built-in one is made when it is first asked for, so that its library is
 * needed only then.
 */
public final class Codecs {

	/** The compression that leaves the bytes alone. */
	public static final String NO_COMPRESSION = "none";

	private final MessageTypes types;

	private final int maxDecodedSize;

	private final CodecRegistry<Serializer> serializers;

	private final CodecRegistry<Compressor> compressors = BuiltInCompressors.registry();

	private Codecs(Builder builder) {
		this.types = builder.types;
		this.maxDecodedSize = builder.maxDecodedSize;
		this.serializers = BuiltInSerializers.registry(builder.types, builder.jsonMapper);
		builder.serializers.forEach((serializer) -> this.serializers.addUserDefined(serializer.name(),
				Set.of(serializer.contentType().essence()), serializer));
		for (Compressor compressor : builder.compressors) {
			Set<String> keys = new HashSet<>(compressor.aliases());
			keys.add(compressor.label());
			this.compressors.addUserDefined(compressor.name(), keys, compressor);
		}
	}

	public static Builder builder() {
		return new Builder();
	}

	/** The types by whose identifiers Avro and protobuf find their classes. */
	public MessageTypes types() {
		return this.types;
	}

	/** Names of all serializers, whether their libraries are there or not. */
	public Set<String> serializerNames() {
		return this.serializers.names();
	}

	/** Names of all compressors, whether their libraries are there or not. */
	public Set<String> compressorNames() {
		return this.compressors.names();
	}

	/**
	 * Finds a serializer.
	 * @param nameOrContentType its name, or a content type with or without parameters, in
	 * any case
	 * @throws CodecException if nothing is known by that word
	 * @throws MissingLibraryException if it is known, but its library is not there
	 */
	public Serializer serializer(String nameOrContentType) {
		return this.serializers.find(nameOrContentType);
	}

	/**
	 * Finds a compressor.
	 * @param nameOrLabel its name, its label on the wire or an alias, in any case
	 * @throws CodecException if nothing is known by that word
	 * @throws MissingLibraryException if it is known, but its library is not there
	 */
	public Compressor compressor(String nameOrLabel) {
		return this.compressors.find(nameOrLabel);
	}

	/** A chain with the limit that this registry was built with. */
	public PayloadCodec payloadCodec(String serializer, @Nullable String compression) {
		return payloadCodec(serializer, compression, this.maxDecodedSize);
	}

	/**
	 * A chain of a serializer and a compressor.
	 * @param serializer name or content type
	 * @param compression name or label, {@code null} or {@code none} for none
	 * @param maxDecodedSize how many bytes a payload may have after decompression
	 * @throws CodecException if one of them is unknown
	 * @throws MissingLibraryException if the library of one of them is not there
	 */
	public PayloadCodec payloadCodec(String serializer, @Nullable String compression, int maxDecodedSize) {
		Compressor compressor = (compression == null || compression.trim().equalsIgnoreCase(NO_COMPRESSION)) ? null
				: compressor(compression);
		return new PayloadCodec(serializer(serializer), compressor, this.types, maxDecodedSize);
	}

	/** Collects what the codecs need. */
	public static final class Builder {

		private MessageTypes types = MessageTypes.none();

		private int maxDecodedSize = 16 * 1024 * 1024;

		private @Nullable Object jsonMapper;

		private final List<Serializer> serializers = new ArrayList<>();

		private final List<Compressor> compressors = new ArrayList<>();

		private Builder() {
		}

		/** The types by whose identifiers Avro and protobuf find their classes. */
		public Builder types(MessageTypes types) {
			this.types = types;
			return this;
		}

		/** How many bytes a payload may have after decompression, 16 MiB by default. */
		public Builder maxDecodedSize(int maxDecodedSize) {
			if (maxDecodedSize < 1) {
				throw new IllegalArgumentException(
						"maxDecodedSize is %d, it must be positive".formatted(maxDecodedSize));
			}
			this.maxDecodedSize = maxDecodedSize;
			return this;
		}

		/** The mapper behind JSON and MessagePack, for its modules and settings. */
		public Builder jsonMapper(JsonMapper jsonMapper) {
			this.jsonMapper = jsonMapper;
			return this;
		}

		/** A serializer of the user; it wins over a built-in one of the same name. */
		public Builder serializer(Serializer serializer) {
			this.serializers.add(serializer);
			return this;
		}

		/** A compressor of the user; it wins over a built-in one of the same name. */
		public Builder compressor(Compressor compressor) {
			this.compressors.add(compressor);
			return this;
		}

		/**
		 * Builds the registry.
		 * @throws IllegalArgumentException if two of the user's codecs bear the same name
		 */
		public Codecs build() {
			return new Codecs(this);
		}

	}

}

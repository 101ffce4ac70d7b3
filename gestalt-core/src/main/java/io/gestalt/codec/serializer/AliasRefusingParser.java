package io.gestalt.codec.serializer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.dataformat.yaml.YAMLParser;

/** A YAML parser that refuses aliases, which Jackson would read as the name they have. */
final class AliasRefusingParser extends JsonParserDelegate {

	AliasRefusingParser(JsonParser parser) {
		super(parser);
	}

	@Override
	public @Nullable JsonToken nextToken() {
		JsonToken token = this.delegate.nextToken();
		if (token == JsonToken.VALUE_STRING && this.delegate instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
			throw new StreamReadException(this, "Alias '*%s' is refused".formatted(yaml.getString()));
		}
		return token;
	}

}

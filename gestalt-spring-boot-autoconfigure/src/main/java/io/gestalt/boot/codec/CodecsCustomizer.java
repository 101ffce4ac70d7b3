package io.gestalt.boot.codec;

import io.gestalt.codec.Codecs;

/** A bean that changes the registry of codecs before it is built. */
@FunctionalInterface
public interface CodecsCustomizer {

	void customize(Codecs.Builder codecs);

}

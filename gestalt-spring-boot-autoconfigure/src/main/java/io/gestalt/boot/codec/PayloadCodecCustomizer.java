package io.gestalt.boot.codec;

import io.gestalt.codec.PayloadCodec;

/** A bean that changes the codec chains of endpoints. */
@FunctionalInterface
public interface PayloadCodecCustomizer {

	/**
	 * Changes a chain before its endpoint is made.
	 * @param endpoint name of the endpoint
	 * @param codec the chain so far
	 * @return the changed chain
	 */
	PayloadCodec customize(String endpoint, PayloadCodec codec);

}

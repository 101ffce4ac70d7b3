package io.gestalt.codec;

import java.util.Set;

import io.netty.buffer.ByteBuf;

/**
 * Makes bytes smaller and restores them. Implementations are safe for use by many
 * threads. A bean of this type is found by its {@link #name()}, its {@link #label()} and
 * its {@link #aliases()}.
 */
public interface Compressor {

	/** The word by which the configuration names this encoding, such as {@code gzip}. */
	String name();

	/** What is written on the wire to tell that a payload is compressed this way. */
	String label();

	/** Other spellings that peers are known to use, in lower case. */
	default Set<String> aliases() {
		return Set.of();
	}

	/**
	 * Appends the compressed form of some bytes.
	 * @param in what to compress, between reader and writer index, at least one byte
	 * @param out where to append
	 * @throws CodecException if it fails
	 */
	void compress(ByteBuf in, ByteBuf out);

	/**
	 * Appends the original of some compressed bytes. Neither memory nor time depends on
	 * what the input claims, only on what it holds and on the limit.
	 * @param in what to decompress, between reader and writer index, all of it
	 * @param out where to append
	 * @param maxSize how many bytes may be appended at the most
	 * @throws CodecException if the input is corrupt, truncated, followed by other bytes,
	 * or holds more than {@code maxSize} bytes
	 */
	void decompress(ByteBuf in, ByteBuf out, int maxSize);

}

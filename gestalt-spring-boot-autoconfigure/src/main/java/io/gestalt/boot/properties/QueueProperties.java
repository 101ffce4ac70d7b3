package io.gestalt.boot.properties;

import io.gestalt.transport.queue.OnFull;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * How much may wait, for each peer and direction.
 *
 * @param capacity how many messages may wait (default 10000)
 * @param maxSize how many bytes may wait (default 64MB)
 * @param onFull what happens to the next message to be sent (default block)
 */
public record QueueProperties(@Nullable Integer capacity, @Nullable DataSize maxSize, @Nullable OnFull onFull) {

	static final QueueProperties UNSET = new QueueProperties(null, null, null);

	static final QueueProperties BUILT_IN = new QueueProperties(10_000, DataSize.ofMegabytes(64), OnFull.BLOCK);

}

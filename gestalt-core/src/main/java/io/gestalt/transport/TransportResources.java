package io.gestalt.transport;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.NameResolverProvider;

/**
 * Threads that endpoints share: event loops for the network, and an executor for handlers
 * that may block.
 */
public final class TransportResources implements AutoCloseable {

	private static final Duration QUIET = Duration.ZERO;

	private static final Duration STOP = Duration.ofSeconds(2);

	private static final int WORKERS = 64;

	private final LoopResources loops;

	private final AddressResolverGroup<?> resolver;

	private final Executor worker;

	private final @Nullable ExecutorService owned;

	private TransportResources(LoopResources loops, Executor worker, @Nullable ExecutorService owned) {
		this.loops = loops;
		this.resolver = NameResolverProvider.builder().build().newNameResolverGroup(loops, true);
		this.worker = worker;
		this.owned = owned;
	}

	/** Event loops, one for each processor, and as many as 64 workers. */
	public static TransportResources create() {
		ExecutorService workers = workers();
		return new TransportResources(createLoops(), workers, workers);
	}

	/** Event loops, one for each processor, and handlers on an executor of the caller. */
	public static TransportResources create(Executor worker) {
		return new TransportResources(createLoops(), worker, null);
	}

	/** Event loops and an executor of the caller; the loops end with these resources. */
	public static TransportResources create(LoopResources loops, Executor worker) {
		return new TransportResources(loops, worker, null);
	}

	private static LoopResources createLoops() {
		return LoopResources.create("gestalt", Math.max(1, Runtime.getRuntime().availableProcessors()), true);
	}

	private static ExecutorService workers() {
		AtomicInteger number = new AtomicInteger();
		ThreadPoolExecutor pool = new ThreadPoolExecutor(WORKERS, WORKERS, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (task) -> {
					Thread thread = new Thread(task, "gestalt-worker-" + number.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
		pool.allowCoreThreadTimeOut(true);
		return pool;
	}

	public LoopResources loops() {
		return this.loops;
	}

	/** Finds the addresses of hosts. */
	public AddressResolverGroup<?> resolver() {
		return this.resolver;
	}

	/** Where handlers run that may block. */
	public Executor worker() {
		return this.worker;
	}

	/** Where short tasks run later. */
	public ScheduledExecutorService timers() {
		return this.loops.onServer(true);
	}

	@Override
	public void close() {
		this.resolver.close();
		this.loops.disposeLater(QUIET, STOP).block();
		if (this.owned != null) {
			this.owned.shutdown();
		}
	}

}

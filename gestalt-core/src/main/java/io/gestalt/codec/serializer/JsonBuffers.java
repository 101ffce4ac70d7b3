package io.gestalt.codec.serializer;

import java.io.Serial;

import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.JsonRecyclerPools.ConcurrentDequePool;
import tools.jackson.core.util.RecyclerPool;
import tools.jackson.databind.json.JsonMapper;

/**
 * The buffers of JSON parsers and generators. By default Jackson keeps them in one queue,
 * for which all threads compete; here they seldom meet.
 */
final class JsonBuffers implements RecyclerPool<BufferRecycler> {

	@Serial
	private static final long serialVersionUID = 1L;

	private static final JsonBuffers INSTANCE = new JsonBuffers();

	private final transient Stripes<BufferRecycler> kept = new Stripes<>();

	private JsonBuffers() {
	}

	/**
	 * A copy of a mapper that uses these buffers, or the mapper itself if its class or
	 * its buffers were chosen on purpose.
	 */
	static JsonMapper under(JsonMapper mapper) {
		JsonFactory factory = mapper.tokenStreamFactory();
		boolean usual = mapper.getClass() == JsonMapper.class && factory.getClass() == JsonFactory.class
				&& factory._getRecyclerPool() instanceof ConcurrentDequePool;
		return usual ? new Copy(mapper, factory.rebuild().recyclerPool(INSTANCE).build()).build() : mapper;
	}

	@Override
	public BufferRecycler acquirePooled() {
		BufferRecycler recycler = this.kept.take();
		return (recycler != null) ? recycler : new BufferRecycler();
	}

	@Override
	public void releasePooled(BufferRecycler recycler) {
		this.kept.giveBack(recycler);
	}

	@Serial
	private Object readResolve() {
		return INSTANCE;
	}

	/** Does what {@link JsonMapper#rebuild()} does, with another factory. */
	private static final class Copy extends JsonMapper.Builder {

		private Copy(JsonMapper mapper, JsonFactory factory) {
			super(new StateImpl(mapper.rebuild()));
			this._streamFactory = factory;
		}

	}

}

package io.gestalt.benchmarks.amqp.workload;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.gestalt.benchmarks.workload.Format;
import io.gestalt.benchmarks.workload.Order;

/**
 * One kind of traffic that all contenders produce.
 *
 * @param mode what is measured
 * @param format what a payload is
 * @param size bytes of a payload
 */
public record AmqpWorkload(AmqpMode mode, Format format, int size) {

	/** How many messages may be unconfirmed at the same time. */
	public static final int WINDOW = 1000;

	/** How many messages a consumer may have unacknowledged. */
	public static final int PREFETCH = 250;

	private static final char FILLER = 'x';

	private static final char LAST = 'z';

	/** Where JSON still has filler: the last value ends by a quote and a brace. */
	private static final int FROM_END = 3;

	private static final int EMPTY_ORDER = "{'id':'0123456789abcdef','price':12.5,'quantity':17,'text':''}".length();

	/** All workloads, in the order of the report. */
	public static List<AmqpWorkload> all() {
		return Arrays.stream(AmqpMode.values())
			.flatMap((mode) -> Stream.of(new AmqpWorkload(mode, Format.BYTES, 64),
					new AmqpWorkload(mode, Format.BYTES, 1024), new AmqpWorkload(mode, Format.JSON, 64)))
			.toList();
	}

	/**
	 * Finds a workload.
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public static AmqpWorkload named(String name) {
		return all().stream()
			.filter((workload) -> workload.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"No workload '%s' among %s".formatted(name, all().stream().map(AmqpWorkload::name).toList())));
	}

	/** Mode, format and size, such as {@code confirmed-bytes-64}. */
	public String name() {
		return this.mode.word() + "-" + this.format.word() + "-" + this.size;
	}

	/** Whether payloads are {@link Order}s in JSON. */
	public boolean json() {
		return this.format == Format.JSON;
	}

	/** Whether the broker confirms what it has taken. */
	public boolean confirms() {
		return this.mode == AmqpMode.CONFIRMED;
	}

	/** What a payload is in Java. */
	public Class<?> payloadType() {
		return json() ? Order.class : byte[].class;
	}

	/** The content type of a payload. */
	public String contentType() {
		return json() ? "application/json" : "application/data";
	}

	/** What is sent again and again. */
	public Object payload() {
		return payload(FILLER);
	}

	/** What is sent at the end of a round, of the same size. */
	public Object last() {
		return payload(LAST);
	}

	/** Whether it was the end of a round that arrived. */
	public static boolean isLast(byte[] body) {
		return body[body.length - FROM_END] == LAST;
	}

	private Object payload(char filler) {
		if (json()) {
			String text = String.valueOf(filler).repeat(this.size - EMPTY_ORDER);
			return new Order("0123456789abcdef", 12.5, 17, text);
		}
		byte[] bytes = new byte[this.size];
		Arrays.fill(bytes, (byte) filler);
		return bytes;
	}

}

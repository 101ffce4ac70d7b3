package io.gestalt.benchmarks.workload;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One kind of traffic that all contenders serve. Frames are length-prefixed (u32,
 * big-endian). A server echoes every payload, or only counts it if {@link #oneWay()}.
 *
 * @param mode how messages follow each other
 * @param format what a server makes of a payload
 * @param size bytes of a payload
 */
public record Workload(Mode mode, Format format, int size) {

	/** All workloads, in the order of the report. */
	public static List<Workload> all() {
		return Arrays.stream(Mode.values())
			.flatMap((mode) -> Arrays.stream(Format.values())
				.flatMap((format) -> Stream.of(64, 1024).map((size) -> new Workload(mode, format, size))))
			.toList();
	}

	/**
	 * Finds a workload.
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public static Workload named(String name) {
		return all().stream()
			.filter((workload) -> workload.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"No workload '%s' among %s".formatted(name, all().stream().map(Workload::name).toList())));
	}

	/** Mode, format and size, such as {@code pipelined-bytes-64}. */
	public String name() {
		return this.mode.word() + "-" + this.format.word() + "-" + this.size;
	}

	/** Whether the server must not reply. */
	public boolean oneWay() {
		return this.mode == Mode.ONE_WAY;
	}

	/** Whether payloads are {@link Order}s in JSON. */
	public boolean json() {
		return this.format == Format.JSON;
	}

	/** The same traffic with payloads that the server passes on as they are. */
	public Workload withBytes() {
		return new Workload(this.mode, Format.BYTES, this.size);
	}

}

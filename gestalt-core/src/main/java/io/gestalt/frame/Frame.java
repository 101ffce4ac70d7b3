package io.gestalt.frame;

/**
 * Where a frame lies in a buffer: a cursor that one reader reuses for every frame, so
 * that framing allocates nothing. All positions are absolute buffer indices.
 *
 * <pre>
 *       payloadIndex      + payloadLength     endIndex
 *          |                    |                |
 * +--------+--------------------+----------------+------
 * | header |      payload       |    trailer     | next
 * +--------+--------------------+----------------+------
 * </pre>
 */
public final class Frame {

	private int type;

	private int payloadIndex;

	private int payloadLength;

	private int endIndex;

	private int examined;

	/** Tells where the frame is that {@link FrameCodec#read} has found. */
	public void locate(int type, int payloadIndex, int payloadLength, int endIndex) {
		this.type = type;
		this.payloadIndex = payloadIndex;
		this.payloadLength = payloadLength;
		this.endIndex = endIndex;
		this.examined = 0;
	}

	/** The message type identifier, 0 if the framing carries none. */
	public int type() {
		return this.type;
	}

	/** Index of the first byte of the payload. */
	public int payloadIndex() {
		return this.payloadIndex;
	}

	/** Length of the payload in bytes. */
	public int payloadLength() {
		return this.payloadLength;
	}

	/** Index of the first byte after the frame. */
	public int endIndex() {
		return this.endIndex;
	}

	/**
	 * How many bytes from the reader index on were already searched in vain, 0 at the
	 * start of each frame. It keeps a search for a delimiter linear, however small the
	 * pieces in which a frame arrives.
	 */
	public int examined() {
		return this.examined;
	}

	/** Remembers how many bytes from the reader index on need not be searched again. */
	public void examined(int bytes) {
		this.examined = bytes;
	}

}

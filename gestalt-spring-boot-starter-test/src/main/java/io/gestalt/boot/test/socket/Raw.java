package io.gestalt.boot.test.socket;

/**
 * A payload that no codec has looked at.
 *
 * @param bytes its bytes
 * @param type its message type identifier
 */
@SuppressWarnings("ArrayRecordComponent")
record Raw(byte[] bytes, int type) {
}

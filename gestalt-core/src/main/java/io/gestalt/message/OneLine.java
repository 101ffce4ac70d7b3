package io.gestalt.message;

/**
 * Makes of what a peer has chosen one short line: it may be written into a log, and shown
 * by a terminal.
 */
public final class OneLine {

	private OneLine() {
	}

	/**
	 * The text without anything that is not to be seen.
	 * @param text any text
	 * @param longest how many characters of it are taken at the most
	 * @return the text, a question mark for each control character in it
	 */
	public static String of(String text, int longest) {
		int length = Math.min(text.length(), longest);
		StringBuilder line = null;
		for (int i = 0; i < length; i++) {
			if (isControl(text.charAt(i))) {
				line = (line != null) ? line : new StringBuilder(text.substring(0, length));
				line.setCharAt(i, '?');
			}
		}
		return (line != null) ? line.toString() : text.substring(0, length);
	}

	private static boolean isControl(char character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
			default -> false;
		};
	}

}

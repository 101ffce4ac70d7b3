package io.gestalt.codec;

import java.util.function.Supplier;

/**
 * A library that a codec needs and that the application may or may not have.
 *
 * @param codec name of the codec
 * @param dependency what to add, as {@code group:artifact}
 * @param probe name of a class that is there if the library is
 */
record Library(String codec, String dependency, String probe) {

	/**
	 * Makes a codec that needs this library.
	 * @throws MissingLibraryException if the library is not there
	 */
	<T> Supplier<T> guard(Supplier<T> factory) {
		return () -> {
			try {
				Class.forName(this.probe, false, Library.class.getClassLoader());
				return factory.get();
			}
			catch (ClassNotFoundException | LinkageError ex) {
				throw new MissingLibraryException(this.codec, this.dependency, ex);
			}
		};
	}

}

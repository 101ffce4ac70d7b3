package io.gestalt.boot;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The class path of this JVM without some of its libraries. */
public final class ReducedClassPath {

	private ReducedClassPath() {
	}

	/**
	 * Loads a class there and calls it.
	 * @param application a public class
	 * @param missing how the names of the missing libraries begin
	 * @return what the call returned
	 */
	public static Object call(Class<? extends Callable<?>> application, String... missing) throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader loader = new URLClassLoader(without(missing), ClassLoader.getPlatformClassLoader())) {
			thread.setContextClassLoader(loader);
			return ((Callable<?>) loader.loadClass(application.getName()).getDeclaredConstructor().newInstance())
				.call();
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static URL[] without(String... missing) throws Exception {
		List<URL> libraries = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			Path path = Path.of(entry);
			if (Stream.of(missing).noneMatch(path.getFileName().toString()::startsWith)) {
				libraries.add(path.toUri().toURL());
			}
		}
		return libraries.toArray(URL[]::new);
	}

}

package io.gestalt.boot.properties;

/** What an error means for the application that nobody has handled. */
public enum Uncaught {

	/** It is counted and logged, and the application goes on. */
	LOG,
	/** The application is closed, and the JVM exits with 70. */
	EXIT

}

package io.gestalt.sample.fleet;

/** What can be asked of the tracker, whichever way the question comes. */
public interface WhereIsService {

	Whereabouts whereIs(WhereIs question);

}

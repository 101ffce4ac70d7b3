package io.gestalt.dispatch;

import java.util.concurrent.RejectedExecutionException;

/** Work that learns when no thread will do it. */
interface LaneTask extends Runnable {

	void rejected(RejectedExecutionException cause);

}

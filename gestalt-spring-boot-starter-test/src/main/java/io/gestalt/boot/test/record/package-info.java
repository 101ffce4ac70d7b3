/** What happened to the messages of a test: arrived, were handled, settled, were sent. */
@NullMarked
package io.gestalt.boot.test.record;

import org.jspecify.annotations.NullMarked;

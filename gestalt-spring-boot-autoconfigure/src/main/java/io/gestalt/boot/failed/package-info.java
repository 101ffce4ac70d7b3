/** The store of messages that could not be decoded or handled. */
@NullMarked
package io.gestalt.boot.failed;

import org.jspecify.annotations.NullMarked;

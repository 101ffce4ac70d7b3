/**
 * Coverage-guided fuzz targets, one for each framing. Jazzer has to run with
 * {@code --custom_hook_includes=io.gestalt.**}, as its hook for array access by Unsafe
 * keeps Netty's queues from loading.
 */
@NullMarked
package io.gestalt.test.fuzz.frame;

import org.jspecify.annotations.NullMarked;

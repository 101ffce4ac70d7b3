/** Times messages where nobody traces them, at a small part of what a trace costs. */
@NullMarked
package io.gestalt.boot.timing;

import org.jspecify.annotations.NullMarked;

/**
 * What the features share and no user names.
 */
@NullMarked
package io.gestalt.boot.support;

import org.jspecify.annotations.NullMarked;

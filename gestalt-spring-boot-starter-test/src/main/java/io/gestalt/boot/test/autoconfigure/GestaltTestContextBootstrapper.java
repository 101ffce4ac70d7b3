package io.gestalt.boot.test.autoconfigure;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Bootstraps the contexts of {@link GestaltTest}. */
final class GestaltTestContextBootstrapper extends TestSliceTestContextBootstrapper<GestaltTest> {

}

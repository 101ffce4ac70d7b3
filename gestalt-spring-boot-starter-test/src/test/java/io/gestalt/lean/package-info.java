/** An application that has TCP and nothing else. */
package io.gestalt.lean;

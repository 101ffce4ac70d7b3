package io.gestalt.boot.tcp;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Whom a server lets in.
 *
 * @param allow rules such as 'CN=fleet-*' for the name in the certificate of a client,
 * one of which must hold; unless set, or with '*', everybody is let in. A rule may name
 * several attributes, 'CN=fleet-*,O=Example', all of which must be there
 */
public record AllowProperties(@Nullable List<String> allow) {
}

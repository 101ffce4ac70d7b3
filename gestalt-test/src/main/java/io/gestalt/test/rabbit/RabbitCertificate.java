package io.gestalt.test.rabbit;

import java.nio.file.Path;

/**
 * With what a broker shows who it is.
 *
 * @param certificate file with the certificate, PEM
 * @param key file with its private key, PEM without a password
 */
public record RabbitCertificate(Path certificate, Path key) {
}

package dev.orderflow.platform.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;

/**
 * A server's key and its certificate for this machine, which it has signed itself.
 *
 * @param store PKCS#12, with both
 * @param certificate PEM; a client that trusts it trusts the server
 * @param key PEM; only its owner may read it
 */
public record TlsFiles(Path store, Path certificate, Path key) {
  /** Of the store and what is in it. */
  public static final String PASSWORD = "secret-of-the-store";

  private static final String ALIAS = "server";

  /** New ones. */
  public static TlsFiles in(Path directory)
      throws IOException, GeneralSecurityException, InterruptedException {
    Files.createDirectories(directory);
    var store = directory.resolve("server.p12");
    keytool(
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD,
        "-storetype",
        "PKCS12");
    var entries = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    return new TlsFiles(
        store,
        pem(
            directory.resolve("certificate.pem"),
            "CERTIFICATE",
            entries.getCertificate(ALIAS).getEncoded()),
        pem(
            directory.resolve("key.pem"),
            "PRIVATE KEY",
            entries.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path pem(Path file, String kind, byte[] content) throws IOException {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(
        file,
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines),
        StandardCharsets.US_ASCII);
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    var program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command = Stream.concat(Stream.of(program), Arrays.stream(arguments)).toList();
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("keytool fails");
    }
  }
}

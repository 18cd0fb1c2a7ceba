package dev.orderflow.standalone.identity;

import dev.orderflow.standalone.process.OwnerOnlyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The clients that may ask for tokens on this data directory, and the key that signs them.
 *
 * @param signingKey RSA private key, PKCS#8 in PEM (RFC 7468)
 * @param publicKey its public half, SubjectPublicKeyInfo in PEM
 * @param clients JSON array of clients, for the issuer
 * @param sessionKeys the key that seals browsers' sessions, in Base64
 */
public record Identity(Path signingKey, Path publicKey, Path clients, Path sessionKeys) {
  /** One of the customers of the demo, whose secret is the name, too. */
  public static final String DEMO_CUSTOMER = "carol";

  private static final int KEY_BITS = 2048;
  private static final int PEM_LINE = 64;
  private static final int SESSION_KEY_BYTES = 32;

  /** A client of the token endpoint. */
  record Client(String clientId, String secret, String scope) {}

  /** The secret's name of a service's client secret. */
  public static String secretOf(String service) {
    return "client." + service;
  }

  /**
   * Makes the keys when there are none, and writes the clients: demo customers, staff, and the
   * services.
   */
  public static Identity in(Path directory, Secrets secrets, List<String> services)
      throws IOException {
    OwnerOnlyFile.directory(directory);
    var identity =
        new Identity(
            directory.resolve("signing-key.pem"),
            directory.resolve("public-key.pem"),
            directory.resolve("clients.json"),
            directory.resolve("session-keys"));
    if (!Files.exists(identity.signingKey)) {
      identity.generateKeys();
    }
    if (!Files.exists(identity.sessionKeys)) {
      identity.generateSessionKey();
    }
    identity.writeClients(secrets, services);
    return identity;
  }

  private void generateKeys() throws IOException {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      var pair = generator.generateKeyPair();
      // The private key last: where it is, the public one is too.
      OwnerOnlyFile.write(publicKey, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
      OwnerOnlyFile.write(signingKey, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    } catch (NoSuchAlgorithmException everyJdkHasRsa) {
      throw new IllegalStateException(everyJdkHasRsa);
    }
  }

  private void generateSessionKey() throws IOException {
    var key = new byte[SESSION_KEY_BYTES];
    new SecureRandom().nextBytes(key);
    OwnerOnlyFile.write(sessionKeys, Base64.getEncoder().encodeToString(key) + "\n");
  }

  private void writeClients(Secrets secrets, List<String> services) throws IOException {
    var all = new ArrayList<Client>();
    Stream.of("alice", "bob", DEMO_CUSTOMER)
        .forEach(customer -> all.add(new Client(customer, customer, "customer")));
    all.add(new Client("admin", "admin", "staff"));
    services.forEach(
        service -> all.add(new Client(service, secrets.of(secretOf(service)), "service")));
    OwnerOnlyFile.write(clients, JsonMapper.shared().writeValueAsString(all));
  }

  private static String pem(String label, byte[] der) {
    var body =
        Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(der);
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(label, body);
  }
}

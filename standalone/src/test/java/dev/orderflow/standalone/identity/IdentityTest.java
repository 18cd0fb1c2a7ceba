package dev.orderflow.standalone.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class IdentityTest {
  @TempDir private Path directory;
  private Secrets secrets;
  private Identity identity;

  @BeforeEach
  void make_an_identity() throws IOException {
    secrets = Secrets.in(directory.resolve("secrets.json"));
    identity = Identity.in(directory.resolve("identity"), secrets, List.of("command-side", "saga"));
  }

  @Test
  void what_the_signing_key_signs_the_public_key_verifies()
      throws IOException, GeneralSecurityException {
    var keys = KeyFactory.getInstance("RSA");
    var signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(
        keys.generatePrivate(new PKCS8EncodedKeySpec(der(identity.signingKey(), "PRIVATE KEY"))));
    signer.update("token".getBytes(UTF_8));
    var verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(
        keys.generatePublic(new X509EncodedKeySpec(der(identity.publicKey(), "PUBLIC KEY"))));
    verifier.update("token".getBytes(UTF_8));

    assertThat(verifier.verify(signer.sign())).isTrue();
  }

  @Test
  void the_key_has_2048_bits() throws IOException, GeneralSecurityException {
    var key =
        KeyFactory.getInstance("RSA")
            .generatePublic(new X509EncodedKeySpec(der(identity.publicKey(), "PUBLIC KEY")));

    assertThat(((RSAPublicKey) key).getModulus().bitLength()).isEqualTo(2048);
  }

  @Test
  void keys_and_secrets_are_the_same_at_the_next_start() throws IOException {
    var key = Files.readString(identity.signingKey());
    var clients = Files.readString(identity.clients());
    var sessionKey = Files.readString(identity.sessionKeys());

    var again =
        Identity.in(
            directory.resolve("identity"),
            Secrets.in(directory.resolve("secrets.json")),
            List.of("command-side", "saga"));

    assertThat(again.signingKey()).hasContent(key);
    assertThat(again.clients()).hasContent(clients);
    assertThat(again.sessionKeys()).hasContent(sessionKey);
  }

  @Test
  void a_data_directory_from_before_there_were_sessions_gets_a_key_for_them() throws IOException {
    var key = Files.readString(identity.signingKey());
    Files.delete(identity.sessionKeys());

    Identity.in(directory.resolve("identity"), secrets, List.of());

    assertThat(Base64.getDecoder().decode(Files.readString(identity.sessionKeys()).strip()))
        .hasSize(32);
    assertThat(identity.signingKey()).hasContent(key);
  }

  @Test
  void another_data_directory_has_other_secrets() throws IOException {
    var other = Secrets.in(directory.resolve("other.json"));

    assertThat(other.of("client.saga")).isNotEqualTo(secrets.of("client.saga"));
  }

  @Test
  void only_the_owner_reads_what_is_secret() throws IOException {
    for (var file :
        List.of(
            identity.signingKey(),
            identity.clients(),
            identity.sessionKeys(),
            directory.resolve("secrets.json"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void customers_staff_and_services_are_clients() throws IOException {
    var clients = JsonMapper.shared().readTree(Files.readString(identity.clients()));

    assertThat(clients.valueStream().map(client -> client.get("clientId").asString()))
        .containsExactly("alice", "bob", "carol", "admin", "command-side", "saga");
    assertThat(clients.valueStream().map(client -> client.get("scope").asString()))
        .containsExactly("customer", "customer", "customer", "staff", "service", "service");
    assertThat(clients.get(0).get("secret").asString()).isEqualTo("alice");
    assertThat(clients.get(5).get("secret").asString())
        .isEqualTo(secrets.of("client.saga"))
        .hasSizeGreaterThanOrEqualTo(32);
  }

  private static byte[] der(Path pem, String label) throws IOException {
    var text = Files.readString(pem);
    assertThat(text)
        .startsWith("-----BEGIN " + label + "-----\n")
        .endsWith("-----END " + label + "-----\n");
    return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
  }
}

package dev.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RsaKeysTest {
  private static final KeyPair FIRST = pair();
  private static final KeyPair SECOND = pair();

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String type, byte[] key) {
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(key));
  }

  private static String secret(KeyPair pair) {
    return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  private static String open(KeyPair pair) {
    return pem("PUBLIC KEY", pair.getPublic().getEncoded());
  }

  @Test
  void both_halves_of_each_pair_have_one_id_and_the_order_of_the_file() {
    var secrets = RsaKeys.parse("first\n" + secret(FIRST) + "second\n" + secret(SECOND)).getKeys();
    var open = RsaKeys.parse(open(FIRST) + open(SECOND)).getKeys();

    assertThat(secrets).hasSize(2).allMatch(JWK::isPrivate);
    assertThat(open).hasSize(2).noneMatch(JWK::isPrivate);
    assertThat(secrets.stream().map(JWK::getKeyID))
        .containsExactlyElementsOf(open.stream().map(JWK::getKeyID).toList())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "-----BEGIN PUBLIC KEY-----\nbm9uc2Vuc2U=\n-----END PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----"
      })
  void what_is_no_key_is_refused(String pem) {
    assertThatThrownBy(() -> RsaKeys.parse(pem)).isInstanceOf(IllegalArgumentException.class);
  }
}

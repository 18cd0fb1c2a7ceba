package dev.orderflow.gateway.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;

class SealTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String FIRST = key(1);
  private static final String SECOND = key(2);

  private Instant now = NOW;

  private Seal withKeys(String... keys) {
    return Seal.withKeysIn(
        new ByteArrayResource(String.join("\n", keys).getBytes(StandardCharsets.UTF_8)), () -> now);
  }

  private static String key(int filling) {
    var key = new byte[32];
    key[0] = (byte) filling;
    return Base64.getEncoder().encodeToString(key);
  }

  private static JWTClaimsSet claims() {
    return new JWTClaimsSet.Builder()
        .claim("secret", "s3cret-s3cret-s3cret")
        .expirationTime(Date.from(NOW.plusSeconds(60)))
        .build();
  }

  @Test
  void what_one_instance_seals_another_one_with_the_key_opens_and_nobody_reads() {
    var sealed = withKeys(FIRST).seal(Purpose.SESSION, claims());

    assertThat(withKeys(FIRST).open(Purpose.SESSION, sealed)).contains(claims());
    assertThat(sealed).doesNotContain("s3cret");
    assertThat(new String(Base64.getUrlDecoder().decode(sealed.split("\\.")[3])))
        .doesNotContain("s3cret");
  }

  @Test
  void without_the_key_it_does_not_open() {
    var sealed = withKeys(FIRST).seal(Purpose.SESSION, claims());

    assertThat(withKeys(SECOND).open(Purpose.SESSION, sealed)).isEmpty();
  }

  @Test
  void the_first_key_seals_and_the_others_open() {
    var sealed = withKeys(FIRST).seal(Purpose.SESSION, claims());
    var both = withKeys(SECOND, FIRST);

    assertThat(both.open(Purpose.SESSION, sealed)).isPresent();
    assertThat(withKeys(SECOND).open(Purpose.SESSION, both.seal(Purpose.SESSION, claims())))
        .isPresent();
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void it_opens_only_for_what_it_was_sealed_for(Purpose purpose) {
    var seal = withKeys(FIRST);
    var sealed = seal.seal(purpose, claims());

    for (var other : Purpose.values()) {
      assertThat(seal.open(other, sealed).isPresent()).isEqualTo(other == purpose);
    }
  }

  @Test
  void it_opens_until_its_end() {
    var seal = withKeys(FIRST);
    var sealed = seal.seal(Purpose.SESSION, claims());

    now = NOW.plusSeconds(59);
    assertThat(seal.open(Purpose.SESSION, sealed)).isPresent();
    now = NOW.plusSeconds(60);
    assertThat(seal.open(Purpose.SESSION, sealed)).isEmpty();
  }

  @Test
  void what_was_changed_does_not_open() {
    var seal = withKeys(FIRST);
    var sealed = seal.seal(Purpose.SESSION, claims());

    for (var i = 0; i < sealed.length(); i++) {
      if (sealed.charAt(i) != '.') {
        var changed =
            sealed.substring(0, i)
                + (sealed.charAt(i) == 'A' ? 'Q' : 'A')
                + sealed.substring(i + 1);
        assertThat(seal.open(Purpose.SESSION, changed)).as("character %d", i).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "....", "a.b.c.d.e", "eyJhbGciOiJub25lIn0.e30.", "nonsense"})
  void what_was_never_sealed_does_not_open(String text) {
    assertThat(withKeys(FIRST).open(Purpose.SESSION, text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "c2hvcnQ=", "%"})
  void keys_of_another_form_are_refused(String text) {
    assertThatThrownBy(() -> withKeys(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasRootCauseMessage(
            text.isBlank()
                ? "there must be a key, 32 bytes in Base64"
                : "each line must be a key, 32 bytes in Base64");
  }
}

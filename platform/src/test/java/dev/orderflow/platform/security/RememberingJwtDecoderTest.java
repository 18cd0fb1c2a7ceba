package dev.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

class RememberingJwtDecoderTest {
  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration SKEW = Duration.ofSeconds(60);
  private static RSAKey first;
  private static RSAKey second;

  private final List<String> verified = new ArrayList<>();
  private Instant now = BEGIN;
  private JWKSet keys = new JWKSet(first);
  private RememberingJwtDecoder decoder;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  @BeforeAll
  static void makeKeys() throws JOSEException {
    first = new RSAKeyGenerator(2048).keyID("first").generate();
    second = new RSAKeyGenerator(2048).keyID("second").generate();
  }

  @BeforeEach
  void start() {
    var times = new JwtTimestampValidator();
    times.setClock(clock);
    var verifying = NimbusJwtDecoder.withJwkSource((selector, _) -> selector.select(keys)).build();
    verifying.setJwtValidator(times);
    decoder =
        new RememberingJwtDecoder(
            token -> {
              verified.add(token);
              return verifying.decode(token);
            },
            times,
            new Ticker() {
              @Override
              public long read() {
                return Duration.between(BEGIN, now).toNanos();
              }
            });
  }

  @Test
  void a_token_is_verified_once() {
    var token = token(first, Duration.ofHours(1));

    var answers = List.of(decoder.decode(token), decoder.decode(token), decoder.decode(token));

    assertThat(answers).extracting(Jwt::getSubject).containsOnly("alice");
    assertThat(answers).extracting(Jwt::getTokenValue).containsOnly(token);
    assertThat(verified).containsExactly(token);
  }

  @Test
  void one_token_is_not_taken_for_another() {
    var token = token(first, Duration.ofHours(1));
    var parts = token.split("\\.");
    var changed =
        parts[0] + "." + token(second, Duration.ofHours(1)).split("\\.")[1] + "." + parts[2];
    decoder.decode(token);

    assertThatThrownBy(() -> decoder.decode(changed)).isInstanceOf(BadJwtException.class);
  }

  @Test
  void a_token_that_has_expired_is_refused_at_once_though_it_is_remembered() {
    // Over by the time it is first shown, but not by more than clocks may differ.
    var token = token(first, Duration.ofSeconds(-30));
    decoder.decode(token);
    now = BEGIN.minusSeconds(30).plus(SKEW);
    decoder.decode(token);
    assertThat(verified).hasSize(1);

    now = now.plusMillis(1);

    assertThatThrownBy(() -> decoder.decode(token))
        .isInstanceOf(JwtValidationException.class)
        .hasMessageContaining("expired");
    assertThat(Duration.between(BEGIN, now)).isLessThan(RememberingJwtDecoder.AT_MOST);
  }

  @Test
  void a_token_whose_key_is_revoked_is_refused_a_minute_later_at_the_latest() {
    var token = token(first, Duration.ofHours(1));
    decoder.decode(token);

    keys = new JWKSet(second);
    now = BEGIN.plus(RememberingJwtDecoder.AT_MOST).minusNanos(1);
    decoder.decode(token);
    now = BEGIN.plus(RememberingJwtDecoder.AT_MOST);

    assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(BadJwtException.class);
    decoder.decode(token(second, Duration.ofHours(1)));
  }

  @Test
  void using_a_token_does_not_make_it_remembered_for_longer() {
    var token = token(first, Duration.ofHours(1));
    for (var second = 0; second <= 60; second += 20) {
      now = BEGIN.plusSeconds(second);
      decoder.decode(token);
    }

    assertThat(verified).hasSize(2);
  }

  @Test
  void a_token_that_does_not_hold_is_not_remembered() {
    var unknown = token(second, Duration.ofHours(1));
    assertThatThrownBy(() -> decoder.decode(unknown)).isInstanceOf(BadJwtException.class);
    assertThatThrownBy(() -> decoder.decode(unknown)).isInstanceOf(BadJwtException.class);
    assertThat(verified).hasSize(2);

    keys = new JWKSet(List.of(first, second));

    assertThat(decoder.decode(unknown).getSubject()).isEqualTo("alice");
  }

  @Test
  void so_many_are_remembered_and_no_more() {
    var count = 2 * RememberingJwtDecoder.CAPACITY;
    var bounded =
        new RememberingJwtDecoder(token -> {
          verified.add(token);
          return Jwt.withTokenValue(token).header("alg", "RS256").subject("alice").build();
        });
    for (var round = 0; round < 2; round++) {
      for (var i = 0; i < count; i++) {
        bounded.decode("token-" + i);
      }
    }

    assertThat(verified).hasSizeGreaterThanOrEqualTo(2 * count - RememberingJwtDecoder.CAPACITY);
  }

  @Test
  void what_remembers_a_token_does_not_show_it() {
    var token = token(first, Duration.ofHours(1));
    decoder.decode(token);

    assertThat(decoder).asString().doesNotContain(token);
  }

  private static String token(RSAKey key, Duration lifetime) {
    try {
      var token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
              new JWTClaimsSet.Builder()
                  .subject("alice")
                  .claim("key", key.getKeyID())
                  .issueTime(Date.from(BEGIN.minusSeconds(300)))
                  .expirationTime(Date.from(BEGIN.plus(lifetime)))
                  .build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}

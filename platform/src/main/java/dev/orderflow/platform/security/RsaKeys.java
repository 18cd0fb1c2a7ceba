package dev.orderflow.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.security.converter.RsaKeyConverters;

/**
 * RSA keys in a PEM file (RFC 7468), any number of them, as the file is now. A key's id is its
 * thumbprint (RFC 7638), so that both halves of a pair have the same.
 */
public final class RsaKeys {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----.*?-----END \\1-----", Pattern.DOTALL);

  private RsaKeys() {}

  /** The keys of a file, which may be private (PKCS#8) or public. */
  public static JWKSource<SecurityContext> in(Resource file) {
    var keys = new FollowedFile<>(file, RsaKeys::parse);
    return (selector, _) -> selector.select(keys.get());
  }

  /** The keys in the order of the text. */
  static JWKSet parse(String pem) {
    var keys = new ArrayList<JWK>();
    BLOCK.matcher(pem).results().map(RsaKeys::key).forEach(keys::add);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there must be an RSA key in PEM");
    }
    return new JWKSet(keys);
  }

  private static JWK key(MatchResult block) {
    var pem = new ByteArrayInputStream(block.group().getBytes(StandardCharsets.US_ASCII));
    try {
      return switch (block.group(1)) {
        case "PUBLIC KEY" ->
            withId(
                new RSAKey.Builder(Objects.requireNonNull(RsaKeyConverters.x509().convert(pem))));
        case "PRIVATE KEY" -> {
          var key =
              (RSAPrivateCrtKey) Objects.requireNonNull(RsaKeyConverters.pkcs8().convert(pem));
          yield withId(new RSAKey.Builder(publicHalfOf(key)).privateKey(key));
        }
        default -> throw new IllegalArgumentException(block.group(1) + " cannot be used here");
      };
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalArgumentException("a key cannot be read", e);
    }
  }

  private static JWK withId(RSAKey.Builder key) throws JOSEException {
    return key.keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.RS256).keyIDFromThumbprint().build();
  }

  private static RSAPublicKey publicHalfOf(RSAPrivateCrtKey key) throws GeneralSecurityException {
    return (RSAPublicKey)
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
  }
}

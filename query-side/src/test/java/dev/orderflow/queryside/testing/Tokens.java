package dev.orderflow.queryside.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/** Signs tokens as an issuer does. */
public final class Tokens {
  public static final String ISSUER = "https://issuer.test";
  private final RSAKey key;

  public Tokens() {
    try {
      key = new RSAKeyGenerator(2048).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A PEM file with the key that verifies them. */
  public Path publicKey(Path directory) {
    try {
      return Files.writeString(
          directory.resolve("public.pem"),
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder().encodeToString(key.toRSAPublicKey().getEncoded())
              + "\n-----END PUBLIC KEY-----\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public String token(String subject, String scope) {
    return token(subject, scope, Instant.now().plus(Duration.ofMinutes(5)));
  }

  public String token(String subject, String scope, Instant expiry) {
    try {
      var token =
          new SignedJWT(
              new JWSHeader(JWSAlgorithm.RS256),
              new JWTClaimsSet.Builder()
                  .issuer(ISSUER)
                  .audience("orderflow")
                  .subject(subject)
                  .claim("scope", scope)
                  .expirationTime(Date.from(expiry))
                  .build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.orderflow.gateway.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/** A pair of RSA keys, as files, and tokens that are signed with it. */
public record Keys(KeyPair pair) {
  /** The issuer that the gateway trusts. */
  public static final String ISSUER = "http://issuer.test";

  /** New ones. */
  public static Keys generate() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return new Keys(generator.generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The location of the public key, written below the directory. */
  public String publicKeyIn(Path directory) {
    return pem("PUBLIC KEY", pair.getPublic().getEncoded(), directory.resolve("public.pem"));
  }

  /** The location of the private key, written below the directory. */
  public String privateKeyIn(Path directory) {
    return pem("PRIVATE KEY", pair.getPrivate().getEncoded(), directory.resolve("private.pem"));
  }

  /** The public key as an issuer tells it, a JWK set. */
  public String jwks() {
    return new JWKSet(new RSAKey.Builder((RSAPublicKey) pair.getPublic()).build()).toString();
  }

  /** A token for an hour. */
  public String token(String subject, String scope) {
    return token(ISSUER, subject, scope, Duration.ofHours(1));
  }

  /** A token that ends that much later than now. */
  public String token(String issuer, String subject, String scope, Duration ends) {
    try {
      var now = Instant.now();
      var token =
          new SignedJWT(
              new JWSHeader(JWSAlgorithm.RS256),
              new JWTClaimsSet.Builder()
                  .issuer(issuer)
                  .audience("orderflow")
                  .subject(subject)
                  .claim("scope", scope)
                  .issueTime(Date.from(now.minus(Duration.ofDays(1))))
                  .expirationTime(Date.from(now.plus(ends)))
                  .build());
      token.sign(new RSASSASigner(pair.getPrivate()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String type, byte[] key, Path file) {
    try {
      Files.writeString(
          file,
          "-----BEGIN %s-----%n%s%n-----END %s-----%n"
              .formatted(type, Base64.getMimeEncoder().encodeToString(key), type));
      return file.toUri().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

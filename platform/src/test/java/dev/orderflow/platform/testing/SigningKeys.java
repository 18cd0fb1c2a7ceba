package dev.orderflow.platform.testing;

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
import java.util.UUID;

/** The keys of an issuer, as files, and tokens that are signed with them. */
public record SigningKeys(KeyPair pair) {
  /** The issuer that the tokens name, unless told otherwise. */
  public static final String ISSUER = "http://issuer.test";

  /** Those of the issuer that services under test trust. */
  public static final SigningKeys TRUSTED = generate();

  /** New ones, which takes half a second of the processor. */
  public static SigningKeys generate() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return new SigningKeys(generator.generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public key as a new PEM file, which is gone when the tests have ended. */
  public Path publicKey() {
    return pem("PUBLIC KEY", pair.getPublic().getEncoded());
  }

  /** The private key, likewise. */
  public Path privateKey() {
    return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  /** The public key as an issuer tells it, a JWK set. */
  public String jwks() {
    return new JWKSet(jwk()).toString();
  }

  /** A token for an hour. */
  public String token(String subject, String scope) {
    return token(ISSUER, subject, scope, Duration.ofHours(1));
  }

  /** A token that ends that much later than now. */
  public String token(String issuer, String subject, String scope, Duration ends) {
    return token(issuer, "orderflow", subject, scope, ends);
  }

  /** The same for this audience. */
  public String token(String issuer, String audience, String subject, String scope, Duration ends) {
    return signed(claims(issuer, audience, subject, ends).claim("scope", scope));
  }

  /** A token that names the trusted key and has not been signed with it. */
  public static String forged(String subject, String scope) {
    var token = TRUSTED.token(subject, scope);
    var another = TRUSTED.token(subject, "customer");
    return token.substring(0, token.lastIndexOf('.')) + another.substring(another.lastIndexOf('.'));
  }

  /** Says to a client who has signed in. */
  public String idToken(String issuer, String client, String subject, String nonce) {
    return signed(claims(issuer, client, subject, Duration.ofMinutes(5)).claim("nonce", nonce));
  }

  private static JWTClaimsSet.Builder claims(
      String issuer, String audience, String subject, Duration ends) {
    var now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience(audience)
        .subject(subject)
        .jwtID(UUID.randomUUID().toString())
        .issueTime(Date.from(now.minus(Duration.ofDays(1))))
        .expirationTime(Date.from(now.plus(ends)));
  }

  private RSAKey jwk() {
    try {
      return new RSAKey.Builder((RSAPublicKey) pair.getPublic()).keyIDFromThumbprint().build();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String signed(JWTClaimsSet.Builder claims) {
    try {
      var token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(jwk().getKeyID()).build(),
              claims.build());
      token.sign(new RSASSASigner(pair.getPrivate()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path pem(String type, byte[] key) {
    try {
      var file = Files.createTempFile("key", ".pem");
      file.toFile().deleteOnExit();
      return Files.writeString(
          file,
          "-----BEGIN %s-----%n%s%n-----END %s-----%n"
              .formatted(type, Base64.getMimeEncoder().encodeToString(key), type));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

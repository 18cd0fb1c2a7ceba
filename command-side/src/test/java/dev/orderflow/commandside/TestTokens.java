package dev.orderflow.commandside;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/** An issuer of tokens with a key of its own. */
public final class TestTokens {
  static final String ISSUER = "https://issuer.test";

  private final KeyPair keys;

  public TestTokens() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public key, as a PEM file. */
  public Path publicKey(Path directory) throws IOException {
    var pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    return Files.writeString(directory.resolve("public.pem"), pem);
  }

  String token(String subject, String scope) {
    try {
      var token =
          new SignedJWT(
              new JWSHeader(JWSAlgorithm.RS256),
              new JWTClaimsSet.Builder()
                  .issuer(ISSUER)
                  .audience("orderflow")
                  .subject(subject)
                  .claim("scope", scope)
                  .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                  .build());
      token.sign(new RSASSASigner(keys.getPrivate()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}

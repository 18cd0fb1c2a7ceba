package dev.orderflow.gateway.seal;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.orderflow.platform.security.FollowedFile;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.security.crypto.keygen.KeyGenerators;

/**
 * Seals claims so that only the gateway can read or change them: a compressed JWE (RFC 7516),
 * {@code dir} with {@code A256GCM}. Each instance that has the key can open it, so every instance
 * takes what another one gave out.
 */
public final class Seal {
  private static final Logger LOG = LoggerFactory.getLogger(Seal.class);

  private final Supplier<SealKeys> keys;
  private final InstantSource clock;

  private Seal(Supplier<SealKeys> keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** Seals with the first key of the file, as it is at the time, and opens with each of them. */
  public static Seal withKeysIn(Resource file, InstantSource clock) {
    return new Seal(new FollowedFile<>(file, SealKeys::parse), clock);
  }

  /** Seals with a key that no other instance has, and this one only until it ends. */
  public static Seal withOwnKey(InstantSource clock) {
    LOG.warn(
        "orderflow.gateway.session.keys is not set: sign-ins hold on this instance only, and until"
            + " it ends. Set it for more than one gateway, and to keep users signed in over a"
            + " restart.");
    var keys = SealKeys.of(KeyGenerators.secureRandom(32).generateKey());
    return new Seal(() -> keys, clock);
  }

  /** Seals claims that have an end. */
  public String seal(Purpose purpose, JWTClaimsSet claims) {
    var key = keys.get().keys().getFirst();
    var header =
        new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
            .compressionAlgorithm(CompressionAlgorithm.DEF)
            .type(new JOSEObjectType(purpose.type()))
            .keyID(key.getKeyID())
            .build();
    try {
      var sealed = new EncryptedJWT(header, claims);
      sealed.encrypt(new DirectEncrypter(key));
      return sealed.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot be sealed", e);
    }
  }

  /** What was sealed for this purpose; empty when it was not, is another text, or has ended. */
  public Optional<JWTClaimsSet> open(Purpose purpose, String text) {
    try {
      var sealed = EncryptedJWT.parse(text);
      if (!new JOSEObjectType(purpose.type()).equals(sealed.getHeader().getType())) {
        return Optional.empty();
      }
      for (var key : keys.get().keys()) {
        if (key.getKeyID().equals(sealed.getHeader().getKeyID())) {
          sealed.decrypt(new DirectDecrypter(key));
          return Optional.of(sealed.getJWTClaimsSet())
              .filter(claims -> claims.getExpirationTime().toInstant().isAfter(clock.instant()));
        }
      }
    } catch (ParseException | JOSEException | RuntimeException e) {
      // Also what the parser does not expect in a header: the text may come from any client.
      LOG.debug("Not sealed by us: {}", e.toString());
    }
    return Optional.empty();
  }
}

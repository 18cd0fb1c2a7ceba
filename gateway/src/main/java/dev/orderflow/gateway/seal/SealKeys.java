package dev.orderflow.gateway.seal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.util.Base64;
import java.util.List;

/**
 * Keys of 256 bits, each with its thumbprint as its id (RFC 7638).
 *
 * @param keys at least one; the first one seals, all unseal
 */
record SealKeys(List<OctetSequenceKey> keys) {
  private static final int BYTES = 32;

  /** Keeps its own copy. */
  SealKeys {
    keys = List.copyOf(keys);
  }

  /**
   * Keys one below the other, each in Base64.
   *
   * @throws IllegalArgumentException when there is none, or one is not of 256 bits
   */
  static SealKeys parse(String text) {
    var keys = text.lines().map(String::strip).filter(line -> !line.isEmpty());
    var all = keys.map(line -> key(Base64.getMimeDecoder().decode(line))).toList();
    if (all.isEmpty()) {
      throw new IllegalArgumentException("there must be a key, 32 bytes in Base64");
    }
    return new SealKeys(all);
  }

  /** One key. */
  static SealKeys of(byte[] key) {
    return new SealKeys(List.of(key(key)));
  }

  private static OctetSequenceKey key(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("each line must be a key, 32 bytes in Base64");
    }
    try {
      return new OctetSequenceKey.Builder(bytes).keyIDFromThumbprint().build();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "SealKeys[…]";
  }
}

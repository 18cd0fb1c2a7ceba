package dev.orderflow.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Somebody who may have tokens.
 *
 * @param clientId becomes the token's subject
 * @param secret proves it
 * @param scope what the token may allow: scopes with spaces between them
 */
record Client(String clientId, String secret, String scope) {
  /** The scopes one by one. */
  SortedSet<String> scopes() {
    return scopesIn(scope);
  }

  /** Scopes that are written with spaces between them, each once. */
  static SortedSet<String> scopesIn(String scope) {
    return new TreeSet<>(Arrays.asList(scope.strip().split(" +")));
  }

  /** Whether this is the secret; takes the same time whichever part of it is wrong. */
  boolean hasSecret(String candidate) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Client[" + clientId + "]";
  }
}

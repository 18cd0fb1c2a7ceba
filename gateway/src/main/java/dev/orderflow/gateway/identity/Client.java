package dev.orderflow.gateway.identity;

import dev.orderflow.platform.security.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A program or a person who may have tokens.
 *
 * @param clientId becomes the token's subject; a person's name on the sign-in page
 * @param secret proves it; a person's password
 * @param scope what the token may allow: scopes with spaces between them
 */
record Client(String clientId, String secret, String scope) {
  private static final Set<String> OF_PEOPLE = Set.of(Scope.CUSTOMER.value(), Scope.STAFF.value());

  /** The scopes one by one. */
  SortedSet<String> scopes() {
    return new TreeSet<>(Arrays.asList(scope.strip().split(" +")));
  }

  /** Whether it may sign in on the page, too. */
  boolean isPerson() {
    return OF_PEOPLE.containsAll(scopes());
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

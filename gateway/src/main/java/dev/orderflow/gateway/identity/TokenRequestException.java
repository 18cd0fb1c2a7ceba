package dev.orderflow.gateway.identity;

/** A token request that is refused, with an error code of RFC 6749, section 5.2. */
final class TokenRequestException extends RuntimeException {
  private final String error;

  /** The code, and a text for a person that holds nothing of the request. */
  TokenRequestException(String error, String description) {
    super(description, null, false, false);
    this.error = error;
  }

  /** The code. */
  String error() {
    return error;
  }
}

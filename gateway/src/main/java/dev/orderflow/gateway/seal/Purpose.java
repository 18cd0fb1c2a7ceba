package dev.orderflow.gateway.seal;

/** What something was sealed for; it opens for nothing else. */
public enum Purpose {
  /** An authorization code of the issuer. */
  CODE("code"),
  /** A refresh token of the issuer. */
  REFRESH_TOKEN("refresh"),
  /** A sign-in that a browser has begun. */
  SIGN_IN("sign-in"),
  /** A browser's session. */
  SESSION("session");

  private final String type;

  Purpose(String type) {
    this.type = type;
  }

  /** The header {@code typ}. */
  String type() {
    return type;
  }
}

package dev.orderflow.platform.security;

/** What a token allows; a token may have several. */
public enum Scope {
  /** Places, sees and cancels orders of its own. */
  CUSTOMER("customer"),
  /** Changes the catalog and the stock, and sees all orders. */
  STAFF("staff"),
  /** One of our own services. */
  SERVICE("service");

  private final String value;

  Scope(String value) {
    this.value = value;
  }

  /** Its name in a token. */
  public String value() {
    return value;
  }

  /** Its name as an authority of Spring Security. */
  public String authority() {
    return "SCOPE_" + value;
  }
}

package dev.orderflow.platform.error;

import dev.orderflow.api.Meaning;

/** Every error that a caller can meet, the same on every surface. */
@Meaning("The kind of problem, for a program.")
public enum ErrorCode {
  /** A write that needs an idempotency key came without one. */
  MISSING_IDEMPOTENCY_KEY(400, "An idempotency key is required"),
  /** The idempotency key does not have its form, or is another user's. */
  INVALID_IDEMPOTENCY_KEY(400, "The idempotency key is not valid"),
  /** A value of the request breaks its rule; the violations name each. */
  VALIDATION_FAILED(400, "The request is not valid"),
  /** No token, or one that does not hold. */
  UNAUTHENTICATED(401, "A valid token is required"),
  /** The caller is known, and must not do this. */
  FORBIDDEN(403, "Not allowed"),
  /** There is no such product. Inside an order it is the order that cannot be processed: 422. */
  PRODUCT_NOT_FOUND(404, "No such product"),
  /** There is no such order of the caller's. */
  ORDER_NOT_FOUND(404, "No such order"),
  /** There is nothing here. */
  NOT_FOUND(404, "Nothing here"),
  /** What the path names does not have this method; the header Allow says which ones it has. */
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  /** The call cannot answer with any media type that the caller accepts. */
  NOT_ACCEPTABLE(406, "No accepted media type fits"),
  /** The expected price is not the product's. */
  PRICE_CHANGED(409, "The price has changed"),
  /** Less is available than was asked for. */
  INSUFFICIENT_STOCK(409, "Not enough in stock"),
  /** The product is off sale. */
  PRODUCT_INACTIVE(409, "The product is off sale"),
  /** A product with this id is there already. */
  PRODUCT_ALREADY_EXISTS(409, "The product exists already"),
  /** It is too late to cancel the order. */
  ORDER_NOT_CANCELLABLE(409, "The order can no longer be cancelled"),
  /** The order cannot be confirmed before its payment has succeeded. */
  ORDER_NOT_PAID(409, "The order is not paid"),
  /** Only what was paid for a cancelled order is given back. */
  ORDER_NOT_CANCELLED(409, "The order is not cancelled"),
  /** What the caller has seen has changed meanwhile. */
  PRECONDITION_FAILED(412, "The precondition does not hold"),
  /** The body is larger than the limit. */
  CONTENT_TOO_LARGE(413, "The body is too large"),
  /** The path and the query are longer than the limit. */
  URI_TOO_LONG(414, "The address is too long"),
  /** The body has a media type, a character set or a coding that the call does not take. */
  UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
  /** The idempotency key was used for another request. */
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for another request"),
  /** Too many requests of this caller. */
  RATE_LIMITED(429, "Too many requests"),
  /** The headers are larger than the limit. */
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  /** A bug of ours. */
  INTERNAL(500, "Something went wrong on our side"),
  /** Not now; the same request may be sent again. */
  UNAVAILABLE(503, "Not available at the moment");

  private final int httpStatus;
  private final String title;

  ErrorCode(int httpStatus, String title) {
    this.httpStatus = httpStatus;
    this.title = title;
  }

  /** The HTTP status that goes with it. */
  public int httpStatus() {
    return httpStatus;
  }

  /** A short text that is the same every time. */
  public String title() {
    return title;
  }
}

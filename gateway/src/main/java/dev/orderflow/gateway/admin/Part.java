package dev.orderflow.gateway.admin;

import dev.orderflow.gateway.routing.Service;
import java.net.URI;

/**
 * What became of a question to an instance.
 *
 * @param <T> what an answer tells
 */
public sealed interface Part<T> {
  /** Whose instance was asked. */
  Service service();

  /** Which instance: its base URL. */
  URI instance();

  /** It answered. */
  record Answered<T>(Service service, URI instance, T body) implements Part<T> {}

  /**
   * It refused the question.
   *
   * @param status of HTTP
   * @param problem the body as it came, problem+json as a rule
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
  record Refused<T>(Service service, URI instance, int status, byte[] problem) implements Part<T> {}

  /** It did not answer in time, or could not. */
  record Away<T>(Service service, URI instance) implements Part<T> {}
}

package dev.orderflow.api;

import java.time.Instant;

/**
 * A fact that an aggregate has decided. Events carry ids, never personal data, and are never
 * changed once stored.
 */
public interface DomainEvent {
  /** When it was decided, by the clock of the deciding instance. */
  Instant timestamp();
}

package dev.orderflow.queryside.live;

import java.time.Duration;

/**
 * What a stream follows: something with a key whose changes are signalled.
 *
 * @param <S> its state
 */
public interface Watchable<S> {
  /** The key under which changes are told. */
  String key();

  /** The newest state; the known one when there is none newer. */
  S newest(S known) throws InterruptedException;

  /** Grows with every change of the state; greater than 0. */
  long revisionOf(S state);

  /** Whether no other state will come. */
  boolean isFinal(S state);

  /** How long to wait before looking again when no change is told. */
  Duration patience();
}

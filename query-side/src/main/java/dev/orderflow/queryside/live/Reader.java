package dev.orderflow.queryside.live;

import java.io.IOException;

/**
 * The receiver of a stream.
 *
 * @param <S> the state that is told
 */
@FunctionalInterface
public interface Reader<S> {
  /**
   * The state as it is now; its revision is greater than in every call before.
   *
   * @throws IOException when the reader is gone
   */
  void state(S state) throws IOException, InterruptedException;

  /**
   * Whenever nothing has changed for a while.
   *
   * @throws IOException when the reader is gone
   */
  default void heartbeat() throws IOException {}

  /** Whether the reader is known to be gone, before anything is told; does not block. */
  default boolean isGone() {
    return false;
  }
}

package dev.orderflow.platform.consumption;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Finds the item of a batch on which the work fails, so that all others are done. */
public final class Blame {
  private Blame() {}

  /**
   * Works on a batch. When that fails, it is halved until what is to blame is alone.
   *
   * @param work is called with parts of the batch, in their order; leaves nothing when it fails
   * @param failed is told of each that is to blame
   * @throws RuntimeException when the surroundings fail; the rest is not worked on
   */
  public static <T> void find(
      List<T> batch, Consumer<List<T>> work, BiConsumer<T, RuntimeException> failed) {
    try {
      work.accept(batch);
    } catch (RuntimeException e) {
      if (TransientFailure.caused(e)) {
        throw e;
      }
      if (batch.size() == 1) {
        failed.accept(batch.getFirst(), e);
      } else {
        var half = batch.size() / 2;
        find(batch.subList(0, half), work, failed);
        find(batch.subList(half, batch.size()), work, failed);
      }
    }
  }
}

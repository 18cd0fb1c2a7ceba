package dev.orderflow.queryside.live;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What a stream follows: something with a key whose changes are signalled.
 *
 * @param <S> its state
 * @param key under which changes are told
 * @param look finds its state as it is now, or a moment ago
 * @param revision grows with every change of the state; greater than 0
 * @param isFinal whether no other state will come
 * @param patience how long to wait before looking again when no change is told
 */
public record Watchable<S>(
    String key,
    Supplier<Optional<S>> look,
    ToLongFunction<S> revision,
    Predicate<S> isFinal,
    Duration patience) {
  /** The newest state; the known one when there is none newer. */
  S newest(S known) {
    return look.get().filter(seen -> revisionOf(seen) > revisionOf(known)).orElse(known);
  }

  long revisionOf(S state) {
    return revision.applyAsLong(state);
  }
}

package dev.orderflow.platform.overview;

import java.util.Collection;
import java.util.Comparator;

/** How something is, the better first. */
public enum Status {
  /** All is well. */
  GREEN,
  /** It needs attention. */
  AMBER,
  /** It needs attention at once. */
  RED;

  static Status worst(Collection<Status> all) {
    return all.stream().max(Comparator.naturalOrder()).orElse(GREEN);
  }
}

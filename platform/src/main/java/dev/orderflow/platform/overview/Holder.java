package dev.orderflow.platform.overview;

import java.util.List;

/** Something of which one instance has a part that no other has at the same time. */
@FunctionalInterface
public interface Holder {
  /** What this instance has, as people call it. Does not block. */
  List<String> holds();
}

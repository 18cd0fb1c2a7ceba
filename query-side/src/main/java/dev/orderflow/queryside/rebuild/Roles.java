package dev.orderflow.queryside.rebuild;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the generations of a projection are for.
 *
 * @param building null unless it is being rebuilt
 * @param buildingSince null unless it is being rebuilt
 * @param last the highest number ever given
 */
record Roles(int serving, @Nullable Integer building, @Nullable Instant buildingSince, int last) {
  boolean isBuilding(int generation) {
    return building != null && building == generation;
  }

  /** Those that events are taken into. */
  Set<Integer> fed() {
    return Stream.of(serving, building).filter(Objects::nonNull).collect(Collectors.toSet());
  }
}

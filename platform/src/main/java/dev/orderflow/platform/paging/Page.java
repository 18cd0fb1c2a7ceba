package dev.orderflow.platform.paging;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextToken null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {
  /** Keeps its own copy of the items. */
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Cuts a page.
   *
   * @param found one more than the page holds, if there are as many: that is how the end is known
   * @param place where an item stands in the list
   */
  public static <T> Page<T> of(List<T> found, PageRequest request, Function<T, String> place) {
    if (found.size() <= request.size()) {
      return new Page<>(found, null);
    }
    var items = found.subList(0, request.size());
    return new Page<>(items, PageToken.of(request.selection(), place.apply(items.getLast())));
  }
}

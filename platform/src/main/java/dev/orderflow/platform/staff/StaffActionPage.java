package dev.orderflow.platform.staff;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.paging.PageToken;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What staff have done, the newest first, as JSON: in one service, or in all.
 *
 * @param nextPageToken null on the last page
 * @param missing services that have not told; null when none is
 */
@Schema(name = "StaffActionPage")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StaffActionPage(
    @Meaning("The actions of this page, the newest first.") List<StaffAction> actions,
    @Nullable String nextPageToken,
    @Meaning("Services that did not answer, whose actions are not here.")
        @Nullable List<String> missing) {
  /** Keeps a copy. */
  public StaffActionPage {
    actions = List.copyOf(actions);
  }

  static StaffActionPage of(Page<StaffAction> page) {
    return new StaffActionPage(page.items(), page.nextToken(), null);
  }

  /**
   * The page of all services together: each has been asked for the same page.
   *
   * @param parts what they have told
   * @param missing those that have not
   */
  public static StaffActionPage together(
      Collection<StaffActionPage> parts, PageRequest request, List<String> missing) {
    var found =
        parts.stream()
            .flatMap(part -> part.actions().stream())
            .sorted(StaffAction.NEWEST_FIRST)
            .toList();
    var shown = found.subList(0, Math.min(found.size(), request.size()));
    var more =
        found.size() > shown.size()
            || parts.stream().anyMatch(part -> part.nextPageToken() != null);
    return new StaffActionPage(
        shown,
        more ? PageToken.of(request.selection(), shown.getLast().place().toString()) : null,
        missing.isEmpty() ? null : missing);
  }

  /**
   * Looks whether the token of a request is one of such a page.
   *
   * @throws dev.orderflow.api.InvalidValueException when it is not
   */
  public static void requirePlace(PageRequest request) {
    var _ = PageToken.read(request, StaffAction.Place::read);
  }
}

package dev.orderflow.platform.paging;

import com.google.common.hash.Hashing;
import dev.orderflow.api.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The place of the last item of a page, in a form that callers hand back and do not look into. It
 * holds nothing that the page did not show, and a fingerprint of the selection that the page is of.
 */
public final class PageToken {
  private static final char SEPARATOR = ' ';

  private PageToken() {}

  /** The token for a place in a selection; the selection is as in {@link PageRequest}. */
  public static String of(String selection, String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((prefix(selection) + place).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The place to continue behind; null for the first page.
   *
   * @param parse refuses what is no place with an IllegalArgumentException or DateTimeException; a
   *     place of the whole list must not begin as one of a selection does
   * @throws InvalidValueException when the token is not one of ours, or of another selection
   */
  public static <T> @Nullable T read(PageRequest request, Function<String, T> parse) {
    if (request.token().isEmpty()) {
      return null;
    }
    try {
      var text = new String(Base64.getUrlDecoder().decode(request.token()), StandardCharsets.UTF_8);
      var prefix = prefix(request.selection());
      if (!text.startsWith(prefix)) {
        throw new IllegalArgumentException("of another selection");
      }
      return parse.apply(text.substring(prefix.length()));
    } catch (IllegalArgumentException | DateTimeException _) {
      throw new InvalidValueException(
          "pageToken", "must be the nextPageToken of another page of the same selection");
    }
  }

  private static String prefix(String selection) {
    return selection.isEmpty()
        ? ""
        : Hashing.farmHashFingerprint64().hashString(selection, StandardCharsets.UTF_8).toString()
            + SEPARATOR;
  }
}

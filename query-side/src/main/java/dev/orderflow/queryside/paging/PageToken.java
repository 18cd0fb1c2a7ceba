package dev.orderflow.queryside.paging;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The place of the last item of a page, in a form that callers hand back and do not look into. It
 * holds nothing that the page did not show.
 */
public final class PageToken {
  private PageToken() {}

  /** The token for a place. */
  public static String of(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The place of a token; null for the empty token, which is before the first item.
   *
   * @param parse refuses what is no place with an IllegalArgumentException or DateTimeException
   * @throws InvalidRequestException when the token is not one of ours
   */
  public static <T> @Nullable T read(String token, Function<String, T> parse) {
    if (token.isEmpty()) {
      return null;
    }
    try {
      return parse.apply(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | DateTimeException _) {
      throw new InvalidRequestException(
          ErrorCode.VALIDATION_FAILED,
          List.of(new FieldViolation("pageToken", "must be the nextPageToken of another page")));
    }
  }
}

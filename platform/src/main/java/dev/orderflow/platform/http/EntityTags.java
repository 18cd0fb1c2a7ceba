package dev.orderflow.platform.http;

import dev.orderflow.api.InvalidValueException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/**
 * What If-Match or If-None-Match names: {@code *}, or versions (RFC 9110, section 13.1).
 *
 * @param tags one that is {@code *}, or any others
 */
public record EntityTags(List<ETag> tags) {
  /** What the header looks like, in what all engines of regular expressions know. */
  public static final String PUBLISHED_FORM = "\\*|(?:W/)?\"[^\"]*\"(?: *, *(?:W/)?\"[^\"]*\")*";

  private static final String TAG = "(?:W/)?\"[^\"\\s]*+\"";
  private static final Pattern FORM =
      Pattern.compile("\\*|" + TAG + "(?:\\s*+,\\s*+" + TAG + ")*+");

  /** Keeps its own copy. */
  public EntityTags {
    tags = List.copyOf(tags);
  }

  /**
   * Reads a header.
   *
   * @param name the header's
   * @return null when it is not there
   * @throws InvalidValueException when it has neither form
   */
  public static @Nullable EntityTags of(String name, @Nullable String value) {
    if (value == null) {
      return null;
    }
    if (!FORM.matcher(value.strip()).matches()) {
      throw new InvalidValueException(
          name, "must be * or versions in double quotes with commas between them, as in \"3\"");
    }
    return new EntityTags(ETag.parse(value));
  }

  /** Whether one of them is this very version, octet by octet (If-Match). */
  public boolean matchStrongly(Predicate<String> version) {
    return tags.stream()
        .anyMatch(tag -> tag.isWildcard() || (!tag.weak() && version.test(tag.tag())));
  }

  /** Whether one of them is as good as this version (If-None-Match). */
  public boolean matchWeakly(Predicate<String> version) {
    return tags.stream().anyMatch(tag -> tag.isWildcard() || version.test(tag.tag()));
  }
}

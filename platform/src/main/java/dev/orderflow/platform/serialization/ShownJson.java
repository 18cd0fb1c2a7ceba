package dev.orderflow.platform.serialization;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events, commands and states as staff may see them: maps and lists of their JSON in which how a
 * customer pays, and whom we write to, is hidden.
 */
public final class ShownJson {
  /**
   * The fingerprint of a request would let the method of payment be guessed. The others are in no
   * event of ours; who writes a record may have put them there.
   */
  private static final Set<String> HIDDEN =
      Set.of("paymentMethod", "fingerprint", "contact", "email", "address");

  private static final ObjectMapper JSON = EventJson.mapper();

  private ShownJson() {}

  /** What has the form of events. */
  public static Object of(Object value) {
    return hide(JSON.convertValue(value, Object.class));
  }

  /** What is JSON already; empty when it is not. */
  public static Optional<Object> parsed(byte[] json) {
    try {
      return Optional.ofNullable(JSON.readValue(json, Object.class)).map(ShownJson::hide);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** The same as a text. What is not JSON is shown as it is, unless it speaks of what is hidden. */
  public static String text(byte[] json) {
    return parsed(json)
        .map(EventJson::write)
        .orElseGet(() -> {
          var text = new String(json, StandardCharsets.UTF_8);
          return HIDDEN.stream().anyMatch(text::contains) ? "hidden" : text;
        });
  }

  private static Object hide(Object value) {
    return switch (value) {
      case Map<?, ?> object -> {
        var shown = new LinkedHashMap<Object, @Nullable Object>();
        object.forEach((name, member) ->
            shown.put(
                name, HIDDEN.contains(name) ? "hidden" : member == null ? null : hide(member)));
        yield shown;
      }
      case Collection<?> list -> {
        var shown = new ArrayList<@Nullable Object>();
        list.forEach(member -> shown.add(member == null ? null : hide(member)));
        yield shown;
      }
      default -> value;
    };
  }
}

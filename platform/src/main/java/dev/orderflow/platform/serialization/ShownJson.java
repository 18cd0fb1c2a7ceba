package dev.orderflow.platform.serialization;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events, commands and states as staff may see them: maps and lists of their JSON in which how a
 * customer pays is hidden.
 */
public final class ShownJson {
  /** The fingerprint of a request would let the other be guessed. */
  private static final Set<String> HIDDEN = Set.of("paymentMethod", "fingerprint");

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

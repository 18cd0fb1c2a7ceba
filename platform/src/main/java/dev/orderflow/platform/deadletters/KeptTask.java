package dev.orderflow.platform.deadletters;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.platform.serialization.ShownJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A task that was given up.
 *
 * @param name of its kind
 * @param instance its id among those of its kind
 * @param data as JSON
 * @param traceparent to which trace it belongs; null, and left out of the JSON, when to none, and
 *     in letters of releases that did not say it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeptTask(String name, String instance, String data, @Nullable String traceparent)
    implements Content {
  @Override
  public String identity() {
    return name + "/" + instance;
  }

  @Override
  public String payload() {
    return ShownJson.text(data.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.orderflow.platform.deadletters;

import dev.orderflow.platform.serialization.ShownJson;
import java.nio.charset.StandardCharsets;

/**
 * A task that was given up.
 *
 * @param name of its kind
 * @param instance its id among those of its kind
 * @param data as JSON
 */
public record KeptTask(String name, String instance, String data) implements Content {
  @Override
  public String identity() {
    return name + "/" + instance;
  }

  @Override
  public String payload() {
    return ShownJson.text(data.getBytes(StandardCharsets.UTF_8));
  }
}

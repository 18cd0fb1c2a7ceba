package dev.orderflow.saga.quarantine;

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
    return data;
  }
}

package dev.orderflow.deploy;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The settings that a service brings along, in its application.yml. */
record ServiceSettings(String service, Map<String, Object> values) {
  static ServiceSettings of(String service) {
    var file = ProjectFiles.read(service + "/src/main/resources/application.yml");
    Map<String, Object> values = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
    return new ServiceSettings(service, values);
  }

  int number(String name) {
    return (Integer) required(name);
  }

  /** One that is written in seconds. */
  Duration duration(String name) {
    return Duration.parse("PT" + required(name));
  }

  private Object required(String name) {
    return Objects.requireNonNull(find(values, name), service + " does not set " + name);
  }

  /** Names may be written whole, or as levels, or in part as each. */
  private static Object find(Map<?, ?> values, String name) {
    if (values.containsKey(name)) {
      return values.get(name);
    }
    return values.entrySet().stream()
        .filter(level -> name.startsWith(level.getKey() + ".") && level.getValue() instanceof Map)
        .map(level ->
            find(
                (Map<?, ?>) level.getValue(),
                name.substring(level.getKey().toString().length() + 1)))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}

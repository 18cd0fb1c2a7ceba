package dev.orderflow.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class JvmTest {
  private static final String KIB = "KB";

  /**
   * Messages that arrive wait in buffers beside the heap, of which a JVM allows itself as much as
   * of the heap; they take half as much again as there is in them. When they are all taken, the
   * calls of everybody fail.
   */
  @ParameterizedTest
  @ValueSource(strings = {Services.COMMAND_SIDE, Services.QUERY_SIDE})
  void the_messages_of_all_calls_at_once_are_less_than_half_of_the_heap(String service)
      throws IOException {
    var settings = settings(service);
    var calls = Integer.parseInt(settings.get("orderflow.calls.max-open"));
    var size = settings.get("spring.grpc.server.inbound.message.max-size");
    assertThat(size).endsWith(KIB);

    assertThat(calls * Long.parseLong(size.replace(KIB, "")) * 1024).isLessThan(heap(service) / 2);
  }

  private static long heap(String service) {
    var option =
        Jvm.options(service).stream().filter(it -> it.startsWith("-Xmx")).findFirst().orElseThrow();
    return Long.parseLong(option.replaceAll("[^0-9]", "")) * 1024 * 1024;
  }

  private static Map<String, String> settings(String service) throws IOException {
    var file = Path.of("..", service, "src/main/resources/application.yml");
    Map<String, Object> nested = new Yaml().load(Files.readString(file));
    var settings = new HashMap<String, String>();
    flatten("", nested, settings);
    return settings;
  }

  private static void flatten(String path, Map<?, ?> nested, Map<String, String> settings) {
    nested.forEach((name, value) -> {
      if (value instanceof Map<?, ?> more) {
        flatten(path + name + ".", more, settings);
      } else {
        settings.put(path + name, String.valueOf(value));
      }
    });
  }
}

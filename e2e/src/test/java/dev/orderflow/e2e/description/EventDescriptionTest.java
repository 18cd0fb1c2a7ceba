package dev.orderflow.e2e.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.e2e.audit.EventRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the topics says of every released event what it is, and of nothing else. */
class EventDescriptionTest {
  private static final Path GOLDEN = Path.of("../platform/src/test/resources/golden");

  private final EventDescription description = EventDescription.released();

  @Test
  void every_released_event_is_described_and_nothing_else() throws IOException {
    assertThat(golden().map(EventDescriptionTest::type).distinct())
        .containsExactlyInAnyOrderElementsOf(description.types());
  }

  @Test
  void every_event_is_in_one_topic() {
    var inTopics =
        description.document().path("channels").values().stream()
            .flatMap(channel -> channel.path("messages").properties().stream());

    assertThat(inTopics)
        .allSatisfy(message ->
            assertThat(message.getValue().path("$ref").asString())
                .isEqualTo("#/components/messages/" + message.getKey()))
        .extracting(message -> message.getKey())
        .containsExactlyInAnyOrderElementsOf(description.types());
  }

  @Test
  void every_topic_is_published_by_one_operation() {
    assertThat(description.document().path("operations").values())
        .allSatisfy(operation -> assertThat(operation.path("action").asString()).isEqualTo("send"))
        .extracting(operation -> operation.at("/channel/$ref").asString())
        .containsExactlyInAnyOrderElementsOf(
            description.document().path("channels").propertyNames().stream()
                .map("#/channels/"::concat)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("golden")
  void what_was_released_is_as_described(Path file) {
    description.assertThatItAllows(
        type(file),
        example(type(file))
            .<ObjectNode>withObject("/headers")
            .put("ce_dataversion", revision(file)),
        JsonMapper.shared().readTree(file));
  }

  @Test
  void every_example_is_as_described() {
    assertThat(description.types())
        .allSatisfy(type ->
            description.assertThatItAllows(
                type, example(type).path("headers"), example(type).path("payload")));
  }

  static final List<Arguments> WRONG =
      List.of(
          wrong("no type", (headers, _) -> headers.remove("ce_type")),
          wrong("another type", (headers, _) -> headers.put("ce_type", "OrderCancelledEvent")),
          wrong("another source", (headers, _) -> headers.put("ce_source", "/elsewhere")),
          wrong("another revision", (headers, _) -> headers.put("ce_dataversion", "2")),
          wrong("an id that is none", (headers, _) -> headers.put("ce_id", "1")),
          wrong("a time that is none", (headers, _) -> headers.put("ce_time", "today")),
          wrong("a sequence that is none", (headers, _) -> headers.put("ce_sequence", "-1")),
          wrong("a field too many", (_, payload) -> payload.put("email", "anh@example.com")),
          wrong("a field too few", (_, payload) -> payload.remove("userId")),
          wrong("a null", (_, payload) -> payload.putNull("paymentMethod")),
          wrong("an amount as text", (_, payload) -> payload.put("totalAmount", "100000.0")),
          wrong("no item", (_, payload) -> payload.putArray("items")),
          wrong("a time without zone", (_, payload) -> payload.put("timestamp", "2024-07-31")));

  private static Arguments wrong(String what, BiConsumer<ObjectNode, ObjectNode> change) {
    return Arguments.argumentSet(what, change);
  }

  @ParameterizedTest
  @FieldSource("WRONG")
  void what_is_not_described_is_not_allowed(BiConsumer<ObjectNode, ObjectNode> change) {
    var example = example("OrderPlacedEvent");
    change.accept(example.withObject("/headers"), example.withObject("/payload"));

    assertThatThrownBy(() ->
            description.assertThatItAllows(
                "OrderPlacedEvent", example.path("headers"), example.path("payload")))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void an_event_is_allowed_in_its_topic_and_in_no_other() {
    description.assertThatItAllows(confirmedIn("orders"));

    for (var topic : List.of("payments", "elsewhere")) {
      assertThatThrownBy(() -> description.assertThatItAllows(confirmedIn(topic)))
          .isInstanceOf(AssertionError.class);
    }
  }

  private EventRecord confirmedIn(String topic) {
    var example = example("OrderConfirmedEvent");
    var headers = new HashMap<String, String>();
    example.path("headers").forEachEntry((name, value) -> headers.put(name, value.asString()));
    var event = example.path("payload");
    return new EventRecord(topic, 0, 0, "ORD-12345", headers, event.toString(), event);
  }

  private ObjectNode example(String type) {
    JsonNode example =
        description.document().at("/components/messages/" + type + "/examples/0").deepCopy();
    return (ObjectNode) example;
  }

  static Stream<Path> golden() throws IOException {
    try (var files = Files.list(GOLDEN)) {
      return files.sorted().toList().stream();
    }
  }

  private static String type(Path file) {
    return file.getFileName().toString().split("\\.")[0];
  }

  private static String revision(Path file) {
    return file.getFileName().toString().split("\\.")[1].substring(1);
  }
}

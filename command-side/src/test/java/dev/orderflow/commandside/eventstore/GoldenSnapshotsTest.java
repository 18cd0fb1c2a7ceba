package dev.orderflow.commandside.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.api.EventRevision;
import dev.orderflow.commandside.catalog.model.ProductState;
import dev.orderflow.commandside.inventory.model.InventoryItemState;
import dev.orderflow.platform.serialization.EventJson;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is stored of an aggregate has the form of its revision, in which a field may be missing: a
 * form that says something else needs a new revision, so that older snapshots are passed over. The
 * files of a released revision never change.
 */
class GoldenSnapshotsTest {
  @ParameterizedTest
  @MethodSource("snapshots")
  void a_snapshot_is_read_and_written_as_its_revision_says(Class<?> type, String form)
      throws IOException {
    var json = EventJson.mapper();
    var golden = json.readTree(golden(type, form));

    var written = json.readTree(json.writeValueAsString(json.treeToValue(golden, type)));

    assertThat(written).isEqualTo(golden);
  }

  @ParameterizedTest
  @MethodSource("snapshots")
  void fields_of_a_later_release_are_ignored(Class<?> type, String form) throws IOException {
    var json = EventJson.mapper();
    var golden = golden(type, form);
    var later = golden.replaceFirst("\\{", "{\"later\": {\"x\": [1]},");

    assertThat(json.readValue(later, type)).isEqualTo(json.readValue(golden, type));
  }

  @Test
  void stock_of_before_there_were_keys_of_receipts_has_none() throws IOException {
    var json = EventJson.mapper();
    var released = (ObjectNode) json.readTree(golden(InventoryItemState.class, ""));

    var written =
        json.readTree(
            json.writeValueAsString(json.treeToValue(released, InventoryItemState.class)));

    released.putArray("receipts");
    assertThat(written).isEqualTo(released);
  }

  static Stream<Arguments> snapshots() {
    return Stream.of(
        arguments(ProductState.class, ""), arguments(InventoryItemState.class, ".receipts"));
  }

  private String golden(Class<?> type, String form) throws IOException {
    var revision = type.getAnnotation(EventRevision.class).value();
    var file = "/golden/%s.r%d%s.json".formatted(type.getSimpleName(), revision, form);
    try (var stream = getClass().getResourceAsStream(file)) {
      assertThat(stream).as(file).isNotNull();
      return new String(stream.readAllBytes(), UTF_8);
    }
  }
}

package dev.orderflow.commandside.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.EventRevision;
import dev.orderflow.commandside.catalog.model.ProductState;
import dev.orderflow.commandside.inventory.model.InventoryItemState;
import dev.orderflow.platform.serialization.EventJson;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is stored of an aggregate has the form of its revision: a form that changes needs a new
 * revision, so that older snapshots are passed over. The files of a released revision never change.
 */
class GoldenSnapshotsTest {
  @ParameterizedTest
  @ValueSource(classes = {ProductState.class, InventoryItemState.class})
  void a_snapshot_is_read_and_written_as_its_revision_says(Class<?> type) throws IOException {
    var json = EventJson.mapper();
    var golden = json.readTree(golden(type));

    var written = json.readTree(json.writeValueAsString(json.treeToValue(golden, type)));

    assertThat(written).isEqualTo(golden);
  }

  @ParameterizedTest
  @ValueSource(classes = {ProductState.class, InventoryItemState.class})
  void fields_of_a_later_release_are_ignored(Class<?> type) throws IOException {
    var json = EventJson.mapper();
    var later = golden(type).replaceFirst("\\{", "{\"later\": {\"x\": [1]},");

    assertThat(json.readValue(later, type)).isEqualTo(json.readValue(golden(type), type));
  }

  private String golden(Class<?> type) throws IOException {
    var revision = type.getAnnotation(EventRevision.class).value();
    var file = "/golden/%s.r%d.json".formatted(type.getSimpleName(), revision);
    try (var stream = getClass().getResourceAsStream(file)) {
      assertThat(stream).as(file).isNotNull();
      return new String(stream.readAllBytes(), UTF_8);
    }
  }
}

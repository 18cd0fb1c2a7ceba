package dev.orderflow.commandside.inventory.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.platform.serialization.EventJson;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StoredTaskTest {
  @Test
  void a_task_that_a_release_has_stored_can_be_done_whatever_a_later_one_adds() throws IOException {
    var json = EventJson.mapper();
    var file = "/golden/%s.r1.json".formatted(ReservationExpiry.TASK.getTaskName());
    JsonNode golden = json.readTree(getClass().getResourceAsStream(file));
    var later = golden.<ObjectNode>deepCopy().put("later", true);

    var read = json.treeToValue(later, ReservationExpiry.TASK.getDataClass());

    assertThat(json.<JsonNode>valueToTree(read)).isEqualTo(golden);
  }
}

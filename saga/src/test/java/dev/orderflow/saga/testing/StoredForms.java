package dev.orderflow.saga.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.platform.serialization.EventJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The forms in which releases have stored something of this service: {@code /golden/<name>.r1.json}
 * and so on. A file of a released form never changes; a new form has a file of its own.
 */
public final class StoredForms {
  private static final ObjectMapper JSON = EventJson.mapper();

  private StoredForms() {}

  /** Fails unless each form can be read, and the last one is what is written. */
  public static void assertThatEachIsRead(String name, Class<?> type) throws IOException {
    var forms = forms(name);
    assertThat(forms).as("golden files of %s", name).isNotEmpty();
    for (var form : forms) {
      var read = JSON.treeToValue(form, type);
      assertThat(JSON.<JsonNode>valueToTree(JSON.treeToValue(withLaterField(form), type)))
          .as("%s with a field of a later release", name)
          .isEqualTo(JSON.<JsonNode>valueToTree(read));
    }
    assertThat(JSON.readTree(JSON.writeValueAsString(JSON.treeToValue(forms.getLast(), type))))
        .as("what is written of %s", name)
        .isEqualTo(forms.getLast());
  }

  private static JsonNode withLaterField(JsonNode form) {
    return form.<ObjectNode>deepCopy().put("later", true);
  }

  private static List<JsonNode> forms(String name) throws IOException {
    var forms = new ArrayList<JsonNode>();
    for (; ; ) {
      var file = "/golden/%s.r%d.json".formatted(name, forms.size() + 1);
      try (var stream = StoredForms.class.getResourceAsStream(file)) {
        if (stream == null) {
          return forms;
        }
        forms.add(JSON.readTree(stream));
      }
    }
  }
}

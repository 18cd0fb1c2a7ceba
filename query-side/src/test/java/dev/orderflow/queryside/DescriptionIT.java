package dev.orderflow.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.testing.PublishedSchemas;
import dev.orderflow.queryside.testing.RunningQuerySide;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DescriptionIT {
  @Test
  void the_description_can_be_read_by_all() {
    var description = RunningQuerySide.shared().get("/v3/api-docs");

    assertThat(description.status()).isEqualTo(200);
    assertThat(PublishedSchemas.faults(description.json())).isEmpty();
  }

  @Test
  void each_parameter_is_described_as_what_it_is() {
    var paths = RunningQuerySide.shared().get("/v3/api-docs").json().get("paths");

    assertThat(parameters(paths.at("/~1orders/get")))
        .containsEntry("status", "string one of PENDING, CONFIRMED, CANCELLED")
        .containsEntry("placedFrom", "string")
        .containsEntry("pageToken", "string")
        .containsEntry("pageSize", "integer");
    assertThat(parameters(paths.at("/~1admin~1orders.csv/get")))
        .containsEntry("orderId", "string like ^(?:ORD-[A-Za-z0-9-]{1,56})$")
        .containsEntry("userId", "string like ^(?:[!-~]{1,128})$")
        .containsEntry("status", "string one of PENDING, CONFIRMED, CANCELLED")
        .containsEntry("placedTo", "string");
    assertThat(parameters(paths.at("/~1products/get")))
        .containsEntry("q", "string up to 100")
        .containsEntry("pageToken", "string");
  }

  private static Map<String, String> parameters(JsonNode call) {
    var parameters = new TreeMap<String, String>();
    for (var parameter : call.get("parameters")) {
      var schema = parameter.get("schema");
      var text = new StringBuilder(schema.get("type").asString());
      if (schema.has("enum")) {
        text.append(" one of ")
            .append(
                schema
                    .get("enum")
                    .valueStream()
                    .map(JsonNode::asString)
                    .collect(Collectors.joining(", ")));
      }
      if (schema.has("pattern")) {
        text.append(" like ").append(schema.get("pattern").asString());
      }
      if (schema.has("maxLength")) {
        text.append(" up to ").append(schema.get("maxLength"));
      }
      parameters.put(parameter.get("name").asString(), text.toString());
    }
    return parameters;
  }
}

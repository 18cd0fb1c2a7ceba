package dev.orderflow.e2e.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.orderflow.e2e.audit.EventRecord;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The AsyncAPI description of the topics, as a judge of records. Strict: a field that is not
 * described must not be published, though a reader would not mind. Headers may be more.
 */
public final class EventDescription {
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
  private final ObjectNode document;

  /** The one that is released. */
  public static EventDescription released() {
    return new EventDescription(new YAMLMapper().readTree(Path.of("../docs/asyncapi.yaml")));
  }

  EventDescription(JsonNode document) {
    this.document = (ObjectNode) document.deepCopy();
    this.document
        .at("/components/schemas")
        .forEachEntry((name, schema) -> {
          if (schema.has("properties") && !name.equals("CloudEvent")) {
            ((ObjectNode) schema).put("additionalProperties", false);
          }
        });
  }

  /** The document itself. */
  public JsonNode document() {
    return document;
  }

  /** The names of all events. */
  public Collection<String> types() {
    return document.at("/components/messages").propertyNames();
  }

  /** Fails unless the description says that this record may be in its topic. */
  public void assertThatItAllows(EventRecord record) {
    assertThat(document.at("/channels/" + record.topic() + "/messages").propertyNames())
        .as("events described in the topic %s", record.topic())
        .contains(record.type());
    assertThatItAllows(
        record.type(), JsonMapper.shared().valueToTree(record.headers()), record.event());
  }

  /** Fails unless the description says that an event may have these headers and this payload. */
  public void assertThatItAllows(String type, JsonNode headers, JsonNode payload) {
    var message = document.at("/components/messages/" + type);
    assertThat(message.isObject()).as("%s is described", type).isTrue();
    assertThat(errors(message.path("headers"), headers))
        .as("headers of %s: %s", type, headers)
        .isEmpty();
    assertThat(errors(message.path("payload"), payload))
        .as("payload of %s: %s", type, payload)
        .isEmpty();
  }

  private List<String> errors(JsonNode schema, JsonNode value) {
    // Where draft 7 meets a reference, it looks at nothing beside it.
    var whole = JsonMapper.shared().<ObjectNode>valueToTree(Map.of("allOf", List.of(schema)));
    whole.set("components", document.path("components"));
    return schemas
        .getSchema(whole)
        .validate(
            value,
            execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }
}

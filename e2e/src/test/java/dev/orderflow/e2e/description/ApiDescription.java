package dev.orderflow.e2e.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.orderflow.e2e.shop.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI description of a platform, as a judge of its answers. Strict: what is not described
 * must not be answered, though a client would not mind.
 */
public final class ApiDescription {
  /** Those that mean something to the caller of one call; the others are HTTP's own affair. */
  private static final Set<String> HEADERS =
      Set.of("Location", "ETag", "Idempotent-Replayed", "Retry-After", "WWW-Authenticate");

  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final ObjectNode document;
  private final Set<String> seen = new TreeSet<>();

  public ApiDescription(JsonNode document) {
    this.document = (ObjectNode) document.deepCopy();
    this.document.at("/components/schemas").forEach(ApiDescription::close);
  }

  /** No property but those that are described. */
  private static void close(JsonNode schema) {
    ((ObjectNode) schema).put("additionalProperties", false);
  }

  /** The document itself. */
  public JsonNode document() {
    return document;
  }

  /** Fails unless the description says that this call can be answered like this. */
  public void assertThatItAllows(Answer answer) {
    var request = answer.response().orElseThrow().request();
    var path = pathOf(request.uri().getPath());
    var method = request.method().toLowerCase(Locale.ROOT);
    var call = document.path("paths").path(path).path(method);
    var about = "%s %s: %s".formatted(method, path, answer);
    assertThat(call.isObject()).as("%s is described", about).isTrue();
    var described = call.path("responses").path(Integer.toString(answer.status()));
    assertThat(described.isObject()).as("the status of %s is described", about).isTrue();
    assertHeaders(described.path("headers"), answer, about);
    assertBody(described.path("content"), answer, about);
    seen.add(nameOf(path, method, answer.status()));
  }

  /** Every answer of success that is described and that {@link #assertThatItAllows} has not met. */
  public Set<String> successesNotSeen() {
    var missing = new TreeSet<String>();
    document
        .path("paths")
        .forEachEntry((path, calls) ->
            calls.forEachEntry((method, call) -> {
              if (METHODS.contains(method)) {
                call.path("responses").propertyNames().stream()
                    .map(Integer::valueOf)
                    .filter(status -> status < 400)
                    .forEach(status -> missing.add(nameOf(path, method, status)));
              }
            }));
    missing.removeAll(seen);
    return missing;
  }

  /** The schema of a request's body, references followed. */
  public JsonNode requestBody(String path, String method) {
    return resolve(
        document
            .path("paths")
            .path(path)
            .path(method)
            .path("requestBody")
            .path("content")
            .path("application/json")
            .path("schema"));
  }

  /** A schema itself, where there is a reference to it. */
  public JsonNode resolve(JsonNode schema) {
    return schema.has("$ref") ? document.at(schema.path("$ref").asString().substring(1)) : schema;
  }

  /** One without a place for a value comes before those that have one: OpenAPI, Paths Object. */
  private String pathOf(String path) {
    return document.path("paths").has(path)
        ? path
        : document.path("paths").propertyNames().stream()
            .filter(template -> matches(template, path))
            .findFirst()
            .orElse(path);
  }

  private static boolean matches(String template, String path) {
    return Pattern.matches(template.replaceAll("\\{[^}]*}", "[^/]+"), path);
  }

  private void assertHeaders(JsonNode described, Answer answer, String about) {
    for (var name : HEADERS) {
      var value = answer.header(name);
      var header = described.path(name);
      if (value.isEmpty() && header.isObject() && !header.path("required").asBoolean()) {
        continue;
      }
      assertThat(value.isEmpty())
          .as("there is %s only where it is described: %s", name, about)
          .isEqualTo(header.isMissingNode());
      if (!header.isMissingNode()) {
        var integer = header.path("schema").path("type").asString("").equals("integer");
        var json = JsonNodeFactory.instance;
        assertThat(
                errors(
                    header.path("schema"),
                    integer ? json.numberNode(Long.parseLong(value)) : json.stringNode(value)))
            .as("%s of %s", name, about)
            .isEmpty();
      }
    }
  }

  private void assertBody(JsonNode content, Answer answer, String about) {
    if (content.isMissingNode()) {
      assertThat(answer.text()).as("no body is described: %s", about).isEmpty();
      return;
    }
    var type = answer.header("Content-Type").replaceFirst(";.*", "");
    assertThat(content.propertyNames()).as("type of %s", about).contains(type);
    var body =
        type.startsWith("text/")
            ? JsonNodeFactory.instance.stringNode(answer.text())
            : answer.body();
    assertThat(errors(content.path(type).path("schema"), body)).as(about).isEmpty();
  }

  private List<String> errors(JsonNode schema, JsonNode value) {
    var whole = (ObjectNode) schema.deepCopy();
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

  private static String nameOf(String path, String method, int status) {
    return "%s %s %d".formatted(method, path, status);
  }
}

package dev.orderflow.platform.openapi;

import static java.util.Map.entry;

import dev.orderflow.platform.consistency.ConsistencyHeader;
import dev.orderflow.platform.http.EntityTags;
import dev.orderflow.platform.idempotency.IdempotencyHeaders;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;

/** What pages and headers are called, which are the same in every call of every service. */
final class SharedWords {
  private static final Map<String, Consumer<Schema<?>>> MEANINGS =
      Map.ofEntries(
          entry("nextPageToken", meaning("Asks for the next page; none on the last one.")),
          entry("pageToken", meaning("The nextPageToken of the page before; none for the first.")),
          entry(
              "pageSize",
              meaning(
                      "The most items to answer with. 0 leaves it to the server, whose limit counts"
                          + " for larger numbers, too.")
                  .andThen(schema -> schema.setMinimum(BigDecimal.ZERO))),
          entry(
              IdempotencyHeaders.REPLAYED,
              meaning("true: an earlier request with this key has taken effect.")),
          entry(
              ConsistencyHeader.NAME,
              meaning(
                  "The state that a write has left. A read that sends it back shows at least that;"
                      + " it may send those of up to %d writes, with commas between them."
                          .formatted(ConsistencyHeader.MAX_MARKS))),
          entry(
              HttpHeaders.IF_NONE_MATCH,
              form("The ETags of what the caller has, or *.", EntityTags.PUBLISHED_FORM)),
          entry(
              HttpHeaders.ETAG, form("The version of what is answered.", "\"[0-9]+(?:-[0-9]+)?\"")),
          entry(HttpHeaders.CONTENT_DISPOSITION, meaning("The name of the file to keep it in.")),
          entry(
              HttpHeaders.LOCATION,
              meaning("Where it is read.").andThen(schema -> schema.setFormat("uri-reference"))),
          entry(HttpHeaders.RETRY_AFTER, meaning("After how many seconds to try again.")),
          entry(HttpHeaders.WWW_AUTHENTICATE, meaning("How to authenticate: Bearer.")));

  private SharedWords() {}

  /**
   * Says what a value of this name means.
   *
   * @param place which value it is, for a person
   * @throws IllegalStateException when the name is none of these
   */
  static void describe(String name, String place, Schema<?> schema) {
    var meaning = MEANINGS.get(name);
    if (meaning == null) {
      throw new IllegalStateException(
          "What does %s mean? Say it there, with @Meaning or @MeaningOf.".formatted(place));
    }
    meaning.accept(schema);
  }

  /** A header of a request that may be left out. */
  static Parameter optionalHeader(String name) {
    return new Parameter().in("header").name(name).required(false).schema(type("string"));
  }

  /** A header of an answer. */
  static Header header(String name) {
    var schema = type("string");
    if (name.equals(HttpHeaders.RETRY_AFTER)) {
      schema = type("integer").format("int32");
    }
    describe(name, "the header " + name, schema);
    var header = new Header().description(schema.getDescription()).required(true).schema(schema);
    schema.setDescription(null);
    return header;
  }

  private static Schema<?> type(String type) {
    return new JsonSchema().types(Set.of(type));
  }

  private static Consumer<Schema<?>> meaning(String description) {
    return schema -> schema.setDescription(description);
  }

  private static Consumer<Schema<?>> form(String description, String form) {
    return meaning(description).andThen(schema -> schema.setPattern("^(?:" + form + ")$"));
  }
}

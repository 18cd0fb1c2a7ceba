package dev.orderflow.platform.openapi;

import static java.util.Map.entry;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.CatalogCommand.CreateProduct;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.Contact;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.platform.consistency.ConsistencyHeader;
import dev.orderflow.platform.idempotency.IdempotencyHeaders;
import io.swagger.v3.core.util.AnnotationsUtils;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * What each name means of which the code itself does not say it. The platform has one word per
 * concept, so a property, parameter or header of one name is the same thing in every call; the few
 * that are not have their schema's name in front. The bounds are those of the published language.
 */
final class FieldDescriptions {

  private static final Pattern TAGS =
      Pattern.compile("\\*|(?:W/)?\"[^\"]*\"(?: *, *(?:W/)?\"[^\"]*\")*");

  private static final String IN_MAJOR_UNITS =
      ", in major units of the currency. A double holds up to 15 digits of it exactly.";

  private static final Map<String, Consumer<Schema<?>>> MEANINGS =
      Map.ofEntries(
          // Products
          entry("productId", form("Names the product.", ProductId.FORM)),
          entry("name", text("What it is called.", 1, CreateProduct.MAX_NAME)),
          entry("description", text("What it is like.", 0, CreateProduct.MAX_DESCRIPTION)),
          entry("price", amount("The price of one piece" + IN_MAJOR_UNITS)),
          entry(
              "currency", form("The code of the currency, ISO 4217.", Pattern.compile("[A-Z]{3}"))),
          entry("priceVersion", count("Which price it is: 1 is the first, each change adds 1.", 1)),
          entry("active", meaning("Whether it is on sale.")),
          entry("products", meaning("The products of this page.")),
          // Stock
          entry("available", count("Pieces that can be ordered.", 0)),
          entry(
              "reserved",
              count("Pieces held for orders that are not final, and without an order.", 0)),
          entry("sold", count("Pieces of committed reservations.", 0)),
          entry("quantity", count("How many pieces.", 1).andThen(atMost(Quantity.MAX))),
          // Files
          entry("lines", meaning("What became of each line of the file, in their order.")),
          entry("line", count("Its number in the file; line 1 names the columns.", 1)),
          entry("ImportedLine.productId", meaning("The product, as the line says it.")),
          entry(
              "result",
              meaning(
                  "CREATED, CHANGED, UNCHANGED, RECEIVED; or FAILED: code and detail say why.")),
          // Orders
          entry("orderId", form("Names the order.", OrderId.FORM)),
          entry("userId", form("Names the customer: the subject of the token.", UserId.FORM)),
          entry("status", oneOf("Where the order stands.", OrderStatus.values())),
          entry("items", lines()),
          entry("totalAmount", amount("The sum of the lines" + IN_MAJOR_UNITS)),
          entry(
              "version",
              form(
                  "The idempotency key: {userId}_{yyyyMMddHHmmss}_{random}.", IdempotencyKey.FORM)),
          entry("createdAt", meaning("When the order was placed.")),
          entry("cancelReason", oneOf("Why; only when it is cancelled.", CancelReason.values())),
          entry("expectedPrice", amount("What the customer was shown" + IN_MAJOR_UNITS)),
          entry("orders", meaning("The orders of this page, the newest first.")),
          entry(
              "paymentMethod",
              form("The payment provider's name for a means of payment.", PaymentMethod.FORM)),
          entry("contact", meaning("Whom to write to; erased on demand.")),
          entry("ContactData.name", text("The customer's name.", 0, Contact.MAX_NAME)),
          entry(
              "email",
              form("Where mail goes.", Pattern.compile("[^@ ]+@[^@ ]+"))
                  .andThen(upTo(Contact.MAX_EMAIL))),
          entry("address", text("Where the goods go.", 0, Contact.MAX_ADDRESS)),
          entry("locale", form("The language of mail: a BCP 47 tag.", Contact.LOCALE)),
          entry("placedFrom", time("Selects what was placed at this time or later.")),
          entry("placedTo", time("Selects what was placed before this time.")),
          entry(
              "q",
              text(
                  "Selects the products in whose name each of these words begins a word; accents and"
                      + " capitals make no difference.",
                  0,
                  100)),
          // Personal data
          entry(
              "contacts", meaning("The contact data of the customer's orders; none once erased.")),
          entry("OrderContact.name", text("The customer's name.", 0, Contact.MAX_NAME)),
          entry("kept", meaning("What else is stored, and stays when contact data are erased.")),
          entry("what", meaning("What it is, in a word for programs.")),
          entry("explanation", meaning("What it is, where, and how long; for a person.")),
          // Tasks
          entry("tasks", meaning("The tasks of this page.")),
          entry("Task.id", meaning("Names the task, among those of its kind.")),
          entry("Task.kind", meaning("What is to be done.")),
          entry("Task.attempts", count("How often it has failed in a row.", 0)),
          entry("due", time("When it is tried next.")),
          entry(
              "Task.since",
              time("When it failed by itself for the first time, while others were done.")),
          entry("lastFailure", time("When a later try of it failed last.")),
          // Dead letters
          entry("deadLetters", meaning("The dead letters of this page.")),
          entry("letterId", meaning("Names the dead letter.")),
          entry("id", meaning("Names the dead letter, among those of all services.")),
          entry("source", meaning("Who cannot proceed: a worker of the saga's, or a view.")),
          entry(
              "cause",
              text("Why it cannot proceed; selects the letters that have it in theirs.", 0, 1_000)),
          entry(
              "kindOfCause",
              meaning("The cause without the name of what failed: that of many letters.")),
          entry("holdsUp", meaning("Whether what comes after it waits for it.")),
          entry("attempts", count("How often it was tried; 0 when it only follows another.", 0)),
          entry("since", meaning("When it was kept.")),
          entry(
              "state",
              meaning(
                  "WAITING for staff or for the letter before it, RETRYING, FAILED when it was sent"
                      + " on and waits again, DONE or DISCARDED. Selects all that are neither done"
                      + " nor discarded when it is missing.")),
          entry(
              "payload",
              text(
                  "The event or the command, up to its first 4096 characters; 1024 in a list. How a"
                      + " customer pays is hidden.",
                  0,
                  4_096)),
          entry("history", meaning("What has happened to it, the latest last.")),
          entry("at", meaning("When it was.")),
          entry("by", meaning("The user id of staff, or the service.")),
          entry("LetterHappening.what", meaning("RETRIED, DISCARDED, DONE or FAILED.")),
          entry("LetterHappening.detail", meaning("The reason of staff, or why it failed.")),
          entry("reason", text("Why it is discarded; is kept with it.", 1, 500)),
          entry("RetriedLetters.letters", count("How many are sent on first.", 0)),
          entry("missing", meaning("The services that did not answer; none when all did.")),
          entry("record", meaning("Where the record is on Kafka; only when it is one.")),
          entry("topic", meaning("The topic's name.")),
          entry("topicId", meaning("The topic's id: one that was created anew has another.")),
          entry("partition", count("The partition of the topic.", 0)),
          entry("offset", count("The place in the partition.", 0)),
          entry("key", meaning("The record's key; none when it has none.")),
          // Projections
          entry("letters", count("How many records it could not take in.", 0)),
          entry("heldUp", count("How many keys have stopped at one of them.", 0)),
          entry("projections", meaning("All projections.")),
          entry("projection", meaning("Names the projection.")),
          entry("Projection.name", meaning("Names the projection.")),
          entry("generation", count("Which build of the projection; numbers are not reused.", 1)),
          entry("Projection.state", meaning("LIVE, or REBUILDING while one is built anew.")),
          entry("position", count("How many events it has read.", 0)),
          entry("lag", count("How many events are still to come.", 0)),
          entry("rebuild", meaning("The one that will take over; only while it is built.")),
          entry("percent", count("Of the events there are now.", 0).andThen(atMost(100))),
          entry("eventsPerSecond", count("Since it was begun.", 0)),
          entry("secondsLeft", count("At this rate; none before the first event.", 0)),
          entry("comparison", meaning("The last one with a replay, or the one that runs.")),
          entry("Comparison.state", meaning("RUNNING, EQUAL, DIFFERENT or CANCELLED.")),
          entry("rows", count("How many were compared; none while it runs.", 0)),
          entry("differing", count("How many are not what a replay makes.", 0)),
          entry("first", meaning("The first row that differs, and how; only when one does.")),
          // Publication
          entry("publication", meaning("The way of the events to Kafka.")),
          entry(
              "Publication.state",
              meaning("LIVE, or REPUBLISHING until every event there was is published again.")),
          entry("published", count("The number of the last event that is published.", 0)),
          entry("total", count("The number of the last event there is.", 0)),
          // Streams
          entry("streamId", meaning("Names the stream of events of one aggregate.")),
          entry("aggregateType", meaning("The kind of aggregate that the stream is of.")),
          entry("events", meaning("The events of this page.")),
          entry("sequence", count("The place in the stream.", 0)),
          entry("eventId", meaning("Names the event, on Kafka too.")),
          entry("eventType", meaning("The kind of event, as on Kafka.")),
          entry("recordedAt", meaning("When it was stored, or Kafka took it.")),
          entry(
              "StreamEvent.payload",
              meaning("The event; missing when only a later release can read it.")),
          entry("EventRecord.payload", meaning("The record's value; missing when it is no JSON.")),
          entry(
              "StreamEvent.state",
              meaning("How the aggregate stands after it; missing where it is not replayed.")),
          // The demo mode
          entry(
              "mode",
              meaning("How the payment provider behaves: NORMAL, SLOW, DECLINING or SILENT.")),
          // Overview
          entry("Overview.at", time("When it was so.")),
          entry(
              "Overview.status",
              meaning("The worst of all: GREEN, AMBER or RED; RED when an instance is away.")),
          entry("checks", meaning("What can be well or not, as each instance finds it.")),
          entry("OverviewCheck.name", meaning("What is looked at.")),
          entry("of", meaning("Which one of several with this name; missing when there is one.")),
          entry("OverviewCheck.service", meaning("Whose instance it is.")),
          entry("OverviewCheck.instance", meaning("Names the instance.")),
          entry("OverviewCheck.status", meaning("GREEN, AMBER or RED.")),
          entry("value", meaning("The greater the worse; missing while there is none.")),
          entry("unit", meaning("Of the value; empty for a plain number.")),
          entry("amberFrom", meaning("From here on it needs attention; missing for never.")),
          entry("redFrom", meaning("From here on it needs that at once; missing for never.")),
          entry("runbook", meaning("The anchor of its paragraph in docs/operations.md.")),
          entry("instances", meaning("All that are known.")),
          entry("OverviewInstance.service", meaning("Whose instance it is.")),
          entry("OverviewInstance.instance", meaning("Names the instance.")),
          entry("OverviewInstance.status", meaning("UP, or AWAY when it does not answer in time.")),
          entry("OverviewInstance.version", meaning("Of the program; missing when away.")),
          entry("startedAt", time("When its process began; missing when away.")),
          entry("holds", meaning("What it has and no other instance has at the same time.")),
          entry("series", meaning("What is charted.")),
          entry("OverviewSeries.name", meaning("What it is.")),
          entry("OverviewSeries.service", meaning("Whose instances have measured it.")),
          entry(
              "together",
              meaning("What the values of several instances are together: SUM, MAX or MEAN.")),
          entry("stepSeconds", count("From one value to the next.", 1)),
          entry("OverviewSeries.from", time("The time of the first value.")),
          entry(
              "values",
              meaning("One per step of the last hour; null where nothing is known.")
                  .andThen(schema ->
                      schema.items(
                          new JsonSchema()
                              .types(ImmutableSet.of("number", "null"))
                              .format("double")))),
          // What staff have done
          entry("actions", meaning("The actions of this page, the newest first.")),
          entry("StaffAction.id", meaning("Names the action.")),
          entry("StaffAction.at", time("When it was done.")),
          entry("StaffAction.userId", meaning("Who did it: the subject of the token.")),
          entry("StaffAction.service", meaning("The service that was called.")),
          entry("method", meaning("Of HTTP; gRPC for a call that came over that.")),
          entry("path", meaning("Without a query; of gRPC, the full name of the method.")),
          entry(
              "StaffAction.status",
              count("The HTTP status; of gRPC, the one that corresponds to the code.", 100)),
          entry(
              "StaffActionPage.missing",
              meaning("Services that did not answer, whose actions are not here.")),
          // Pages
          entry("nextPageToken", meaning("Asks for the next page; none on the last one.")),
          entry("pageToken", meaning("The nextPageToken of the page before; none for the first.")),
          entry(
              "pageSize",
              count(
                  "The most items to answer with. 0 leaves it to the server, whose limit counts"
                      + " for larger numbers, too.",
                  0)),
          // Problems
          entry("type", meaning("Names the kind of problem, as the code does.")),
          entry("title", meaning("The kind of problem in words.")),
          entry("Problem.status", meaning("The HTTP status.")),
          entry("detail", meaning("What is wrong and what to do, for a person.")),
          entry(
              "instance",
              meaning("The path of the request.").andThen(FieldDescriptions::uriReference)),
          entry("code", meaning("The kind of problem, for a program.")),
          entry("violations", meaning("The fields that break a rule; only when some do.")),
          entry("field", meaning("The path of the field, such as items[0].quantity.")),
          entry("message", meaning("What a valid value looks like.")),
          entry("changes", meaning("The prices that changed; only with PRICE_CHANGED.")),
          entry("expectedVersion", count("The price version that the customer was shown.", 1)),
          entry("currentPrice", amount("The price now" + IN_MAJOR_UNITS)),
          entry("currentVersion", count("The price version now.", 1)),
          entry("shortages", meaning("The products that are short; only with INSUFFICIENT_STOCK.")),
          entry("requested", count("Pieces asked for, in all lines together.", 1)),
          // Headers
          entry(
              IdempotencyHeaders.KEY,
              form(
                  "The caller's name for this request, which takes effect once. That of an order is"
                      + " its version; where the body has that, too, both must agree. That of a"
                      + " receipt counts for 24 hours.",
                  Pattern.compile("[!-~]{1,210}"))),
          entry(
              IdempotencyHeaders.REPLAYED,
              meaning("true: an earlier request with this key has taken effect.")),
          entry(
              HttpHeaders.IF_MATCH,
              form(
                  "The priceVersion that must still hold, as in \"3\", or the product's ETag; several"
                      + " with commas between them, or * for any.",
                  TAGS)),
          entry(
              ConsistencyHeader.NAME,
              meaning(
                  "The state that a write has left. A read that sends it back shows at least that;"
                      + " it may send those of up to %d writes, with commas between them."
                          .formatted(ConsistencyHeader.MAX_MARKS))),
          entry("Last-Event-ID", meaning("The id of the last event that the caller has.")),
          entry(HttpHeaders.IF_NONE_MATCH, form("The ETags of what the caller has, or *.", TAGS)),
          entry(
              HttpHeaders.ETAG,
              form(
                  "The version of what is answered. That of a product begins with its"
                      + " priceVersion, and can be sent as If-Match of a change of its price.",
                  Pattern.compile("\"[0-9]+(?:-[0-9]+)?\""))),
          entry(HttpHeaders.CONTENT_DISPOSITION, meaning("The name of the file to keep it in.")),
          entry(
              HttpHeaders.LOCATION,
              meaning("Where it is read.").andThen(FieldDescriptions::uriReference)),
          entry(HttpHeaders.RETRY_AFTER, meaning("After how many seconds to try again.")),
          entry(HttpHeaders.WWW_AUTHENTICATE, meaning("How to authenticate: Bearer.")));

  private FieldDescriptions() {}

  /** Says what the properties of an object mean. */
  static void explain(String schemaName, Schema<?> schema) {
    var properties = schema.getProperties();
    if (properties != null) {
      properties.forEach((name, property) -> {
        if (property.getDescription() != null) {
          return;
        }
        var special = schemaName + "." + name;
        meaningOf(MEANINGS.containsKey(special) ? special : name).accept(property);
      });
    }
  }

  /** Says what a parameter means; it is there or not, and never null. */
  static void explain(Parameter parameter) {
    if (parameter.getDescription() != null) {
      return;
    }
    // springdoc gives all parameters of one type the same schema.
    Schema<?> schema = AnnotationsUtils.clone(parameter.getSchema(), true);
    if (schema.getTypes() != null) {
      schema.setTypes(Sets.difference(schema.getTypes(), Set.of("null")));
    }
    meaningOf(parameter.getName()).accept(schema);
    parameter.schema(schema).description(schema.getDescription());
    schema.setDescription(null);
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
    meaningOf(name).accept(schema);
    var header = new Header().description(schema.getDescription()).required(true).schema(schema);
    schema.setDescription(null);
    return header;
  }

  /** Makes the names of these constants the only valid texts. */
  static void limitTo(Collection<? extends Enum<?>> values, Schema<?> schema) {
    @SuppressWarnings("unchecked") // Of texts, whatever the type that springdoc found.
    var texts = (Schema<Object>) schema;
    texts.setEnum(List.copyOf(values.stream().map(Enum::name).toList()));
  }

  private static Consumer<Schema<?>> meaningOf(String name) {
    var meaning = MEANINGS.get(name);
    if (meaning == null) {
      throw new IllegalStateException(
          "What does \"%s\" mean? Say it in FieldDescriptions.".formatted(name));
    }
    return meaning;
  }

  private static Schema<?> type(String type) {
    return new JsonSchema().types(Set.of(type));
  }

  private static Consumer<Schema<?>> meaning(String description) {
    return schema -> schema.description(description);
  }

  private static Consumer<Schema<?>> form(String description, Pattern form) {
    return meaning(description).andThen(schema -> schema.pattern("^(?:" + form + ")$"));
  }

  private static Consumer<Schema<?>> text(String description, int min, int max) {
    return meaning(description)
        .andThen(upTo(max))
        .andThen(schema -> {
          if (min > 0) {
            schema.minLength(min);
          }
        });
  }

  private static Consumer<Schema<?>> time(String description) {
    return meaning(description).andThen(schema -> schema.format("date-time"));
  }

  private static Consumer<Schema<?>> upTo(int characters) {
    return schema -> schema.maxLength(characters);
  }

  private static Consumer<Schema<?>> count(String description, long min) {
    return meaning(description).andThen(schema -> schema.minimum(BigDecimal.valueOf(min)));
  }

  private static Consumer<Schema<?>> atMost(long max) {
    return schema -> schema.maximum(BigDecimal.valueOf(max));
  }

  /** With a width: without one, generators take what they like, Go's 32 bits. */
  private static Consumer<Schema<?>> amount(String description) {
    return meaning(description)
        .andThen(schema -> schema.exclusiveMinimumValue(BigDecimal.ZERO).format("double"));
  }

  private static Consumer<Schema<?>> lines() {
    return meaning("The lines.")
        .andThen(schema -> schema.minItems(1).maxItems(PlaceOrder.MAX_LINES));
  }

  private static Consumer<Schema<?>> oneOf(String description, Enum<?>... values) {
    return meaning(description).andThen(schema -> limitTo(List.of(values), schema));
  }

  private static void uriReference(Schema<?> schema) {
    schema.format("uri-reference");
  }
}

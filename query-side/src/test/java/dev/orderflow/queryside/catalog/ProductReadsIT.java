package dev.orderflow.queryside.catalog;

import static dev.orderflow.queryside.testing.Events.created;
import static dev.orderflow.queryside.testing.Events.named;
import static dev.orderflow.queryside.testing.Events.priced;
import static dev.orderflow.queryside.testing.Events.received;
import static dev.orderflow.queryside.testing.Failures.assertFails;
import static dev.orderflow.queryside.testing.Failures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.proto.catalog.v1.BatchGetProductsRequest;
import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.ListProductsRequest;
import dev.orderflow.proto.catalog.v1.PriceQuote;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.catalog.v1.ValidatePriceWithVersionRequest;
import dev.orderflow.proto.catalog.v1.WatchProductRequest;
import dev.orderflow.queryside.testing.CallThreads.Handled;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Records on Kafka, as callers see them as products. Each test has its own ids. */
class ProductReadsIT {
  private final RunningQuerySide running = RunningQuerySide.shared();
  private final ProductServiceGrpc.ProductServiceBlockingStub products =
      ProductServiceGrpc.newBlockingStub(running.channel());

  @Test
  void a_product_is_read_as_its_events_say() {
    running.publisher().publish(received("REST-1", 0, 7), created("REST-1", 0));

    var answer = running.awaitVersion("REST-1", 2);

    assertThat(answer.json())
        .isEqualTo(
            json(
                """
                {"productId": "REST-1", "name": "Kettle REST-1", "description": "Boils water",
                 "price": 50000, "currency": "VND", "priceVersion": 1, "active": true,
                 "available": 7}\
                """));
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(products.getProduct(product("REST-1")))
        .isEqualTo(
            dev.orderflow.proto.catalog.v1.Product.newBuilder()
                .setProductId("REST-1")
                .setName("Kettle REST-1")
                .setDescription("Boils water")
                .setPrice("50000")
                .setCurrency("VND")
                .setPriceVersion(1)
                .setActive(true)
                .setAvailable(7)
                .setVersion(2)
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "If-None-Match|\"1-1\"|304",
        "If-None-Match|W/\"1-1\"|304",
        "If-None-Match|\"x\", \"1-1\"|304",
        "If-None-Match|*|304",
        "If-None-Match|\"1\"|200",
        "If-Match|\"1-1\"|200",
        "If-Match|\"x\",\"1-1\"|200",
        "If-Match|*|200",
        "If-Match|\"1-2\"|412",
        "If-Match|W/\"1-1\"|412",
        "If-Match|1-1|400",
        "Accept|application/problem+json|406",
        "Accept|text/html|406",
        "Accept|text/html, */*;q=0.1|200"
      })
  void a_product_is_sent_on_the_callers_conditions(String name, String value, int status) {
    if (running.get("/products/ETAG-2").status() != 200) {
      running.publisher().publish(created("ETAG-2", 0));
      running.awaitVersion("ETAG-2", 1);
    }

    var answer = running.get("/products/ETAG-2", name, value);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type"))
        .isEqualTo(
            status == 200 ? "application/json" : status == 304 ? "" : "application/problem+json");
  }

  @Test
  void all_lines_of_a_condition_count() {
    running.publisher().publish(created("ETAG-3", 0));
    running.awaitVersion("ETAG-3", 1);

    var answer = running.get("/products/ETAG-3", "If-Match", "\"x\"", "If-Match", "\"1-1\"");

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void a_product_is_sent_again_only_when_it_has_changed() {
    running.publisher().publish(created("ETAG-1", 0));
    running.awaitVersion("ETAG-1", 1);

    var unchanged = running.get("/products/ETAG-1", "If-None-Match", "\"1-1\"");
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.response().body()).isEmpty();
    assertThat(unchanged.header("ETag")).isEqualTo("\"1-1\"");

    running.publisher().publish(priced("ETAG-1", 1, "60000", 2));
    await()
        .untilAsserted(() -> {
          var changed = running.get("/products/ETAG-1", "If-None-Match", "\"1-1\"");
          assertThat(changed.status()).isEqualTo(200);
          assertThat(changed.header("ETag")).isEqualTo("\"2-2\"");
          assertThat(changed.json().get("priceVersion").asLong()).isEqualTo(2);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/products/NO-SUCH", "/products/%20", "/products/-"})
  void an_unknown_product_is_a_problem(String path) {
    assertProblem(running.get(path), 404, "PRODUCT_NOT_FOUND");
  }

  @Test
  void an_unknown_product_is_not_found_over_grpc() {
    assertFails(
        () -> products.getProduct(product("NO-SUCH")), Status.Code.NOT_FOUND, "PRODUCT_NOT_FOUND");
    assertFails(
        () -> products.getProduct(product("")), Status.Code.INVALID_ARGUMENT, "VALIDATION_FAILED");
  }

  @Test
  void products_are_listed_page_by_page() {
    running.publisher().publish(created("LIST-1", 0), created("LIST-2", 0), created("LIST-3", 0));
    running.awaitVersion("LIST-1", 1);
    running.awaitVersion("LIST-2", 1);
    running.awaitVersion("LIST-3", 1);

    var rest = new ArrayList<String>();
    var path = "/products?pageSize=2";
    while (!path.isEmpty()) {
      var page = running.get(path).json();
      page.get("products").forEach(found -> rest.add(found.get("productId").asString()));
      path =
          page.has("nextPageToken")
              ? "/products?pageSize=2&pageToken=" + page.get("nextPageToken").asString()
              : "";
    }
    var grpc = new ArrayList<String>();
    var token = "";
    do {
      var page =
          products.listProducts(
              ListProductsRequest.newBuilder().setPageSize(2).setPageToken(token).build());
      page.getProductsList().forEach(found -> grpc.add(found.getProductId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(rest).contains("LIST-1", "LIST-2", "LIST-3").isSorted().doesNotHaveDuplicates();
    assertThat(grpc).isEqualTo(rest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pageSize=-1", "pageSize=many", "pageToken=!", "pageToken=bm9uZSBzdWNo"})
  void a_bad_page_is_refused_by_name(String query) {
    var answer = running.get("/products?" + query);

    assertProblem(answer, 400, "VALIDATION_FAILED");
    assertThat(answer.json().get("violations").get(0).get("field").asString())
        .isEqualTo(query.substring(0, query.indexOf('=')));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "phin cafin",
        "PHIN CAFIN",
        "phi\u0301n cafin", // an accent of its own, as some keyboards write it
        "c\u00e0 ph\u00ea cafin",
        "ca phe cafin",
        "phe, ca - CAF",
        "duong cafin", // with a stroke in the name
        "\u0110\u01b0\u1eddng cafin",
        "\uff43\uff41\uff46\uff49\uff4e" // in full width
      })
  void a_product_is_found_by_words_of_its_name_without_regard_to_accents_and_capitals(String text) {
    running
        .publisher()
        .publish(
            named("SEARCH-1", 0, "Phin c\u00e0 ph\u00ea, \u0111\u01b0\u1eddng Cafin"),
            named("SEARCH-2", 0, "D\u00e2y cafin"),
            named("SEARCH-3", 0, "Dolphin"));
    running.awaitVersion("SEARCH-1", 1);
    running.awaitVersion("SEARCH-2", 1);

    var found = running.get("/products?q=" + encoded(text));

    assertThat(found.status()).isEqualTo(200);
    assertThat(idsOf(found.json())).contains("SEARCH-1").doesNotContain("SEARCH-3");
    assertThat(idsOf(found.json()).contains("SEARCH-2")).isEqualTo(!text.contains(" "));
    assertThat(
            products
                .listProducts(ListProductsRequest.newBuilder().setQ(text).build())
                .getProductsList())
        .extracting("productId_")
        .isEqualTo(idsOf(found.json()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "!", "' OR 1=1", ":*", "a & !b", "\\", "\u0300", "%"})
  void what_no_name_says_finds_nothing(String text) {
    running.publisher().publish(created("SEARCH-4", 0));
    running.awaitVersion("SEARCH-4", 1);

    var answer = running.get("/products?q=" + encoded(text));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(idsOf(answer.json())).isEmpty();
  }

  @Test
  void blanks_search_for_nothing_in_particular() {
    running.publisher().publish(created("SEARCH-5", 0));
    running.awaitVersion("SEARCH-5", 1);

    assertThat(running.get("/products?q=%20&pageSize=100").json())
        .isEqualTo(running.get("/products?pageSize=100").json());
  }

  @Test
  void what_is_found_comes_page_by_page_and_a_token_holds_for_its_search_only() {
    running
        .publisher()
        .publish(
            named("PAGED-1", 0, "Xoong m\u1ed9t"),
            named("PAGED-2", 0, "Xoong hai"),
            named("PAGED-3", 0, "Xoong ba"));
    for (var id : List.of("PAGED-1", "PAGED-2", "PAGED-3")) {
      running.awaitVersion(id, 1);
    }

    var first = running.get("/products?q=xoong&pageSize=2").json();
    var token = first.get("nextPageToken").asString();
    var second = running.get("/products?q=xoong&pageSize=2&pageToken=" + token).json();

    assertThat(idsOf(first)).containsExactly("PAGED-1", "PAGED-2");
    assertThat(idsOf(second)).containsExactly("PAGED-3");
    assertThat(second.has("nextPageToken")).isFalse();
    for (var other : List.of("/products?pageToken=", "/products?q=hai&pageToken=")) {
      var refused = running.get(other + token);
      assertProblem(refused, 400, "VALIDATION_FAILED");
      assertThat(refused.json().get("violations").get(0).get("field").asString())
          .isEqualTo("pageToken");
    }
  }

  @Test
  void the_longest_word_there_can_be_is_a_word() {
    var syllables = "\ud55c".repeat(200); // of three letters and nine bytes each
    running.publisher().publish(named("SEARCH-6", 0, syllables));
    running.awaitVersion("SEARCH-6", 1);

    var answer = running.get("/products?q=" + encoded(syllables.substring(100)));

    assertThat(idsOf(answer.json())).containsExactly("SEARCH-6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "%0a", "%ed%a0%80"})
  void a_text_that_cannot_be_shown_is_refused(String text) {
    assertProblem(running.get("/products?q=" + text), 400, "VALIDATION_FAILED");
  }

  @Test
  void a_text_that_is_too_long_is_refused_by_name() {
    assertThat(running.get("/products?q=" + "a".repeat(100)).status()).isEqualTo(200);
    var answer = running.get("/products?q=" + "a".repeat(101));

    assertProblem(answer, 400, "VALIDATION_FAILED");
    assertThat(answer.json().get("violations").get(0).get("field").asString()).isEqualTo("q");
    assertFails(
        () -> products.listProducts(ListProductsRequest.newBuilder().setQ("a".repeat(101)).build()),
        Status.Code.INVALID_ARGUMENT,
        "VALIDATION_FAILED");
  }

  @Test
  void several_products_are_read_at_once_and_the_unknown_ones_named() {
    running.publisher().publish(created("BATCH-1", 0));
    running.awaitVersion("BATCH-1", 1);

    var answer =
        products.batchGetProducts(
            BatchGetProductsRequest.newBuilder()
                .addProductIds("NO-SUCH")
                .addProductIds("BATCH-1")
                .build());

    assertThat(answer.getProductsList()).extracting("productId_").containsExactly("BATCH-1");
    assertThat(answer.getMissingProductIdsList()).containsExactly("NO-SUCH");
  }

  @Test
  void quotes_are_compared_with_the_newest_price() {
    running.publisher().publish(created("QUOTE-1", 0), priced("QUOTE-1", 1, "60000", 2));
    running.awaitVersion("QUOTE-1", 2);

    var verdicts =
        products
            .validatePriceWithVersion(
                ValidatePriceWithVersionRequest.newBuilder()
                    .addItems(quote("QUOTE-1", "60000.0", 2))
                    .addItems(quote("QUOTE-1", "50000", 1))
                    .addItems(quote("NO-SUCH", "50000", 1))
                    .build())
            .getResultsList();

    assertThat(verdicts.get(0).getOk().getKnownVersion()).isEqualTo(2);
    assertThat(verdicts.get(1).getChanged().getCurrentPrice()).isEqualTo("60000");
    assertThat(verdicts.get(1).getChanged().getCurrentVersion()).isEqualTo(2);
    assertThat(verdicts.get(2).hasUnknown()).isTrue();
  }

  @Test
  void what_is_in_memory_is_answered_by_the_transport_and_what_is_not_never_holds_it_up() {
    running.publisher().publish(created("HOT-1", 0));
    running.awaitVersion("HOT-1", 1);

    await("an answer from memory, without a change of threads")
        .untilAsserted(() -> {
          products.getProduct(product("HOT-1"));
          var hit = running.callThreads().last();
          assertThat(hit.by()).matches(Handled::isTransport, "is the transport's");
          assertThat(hit.answeredBy()).isSameAs(hit.by());
        });

    // What was found before the transport has turned to the next call, the transport answers.
    await("an answer from the store, by a thread that may block")
        .untilAsserted(() -> {
          products.batchGetProducts(
              BatchGetProductsRequest.newBuilder()
                  .addProductIds("COLD-" + UUID.randomUUID())
                  .build());
          var miss = running.callThreads().last();
          assertThat(miss.by()).matches(Handled::isTransport, "is the transport's");
          assertThat(miss.answeredBy()).matches(Thread::isVirtual, "may block");
        });
  }

  @Test
  void what_may_block_is_not_begun_by_the_transport() {
    products.listProducts(ListProductsRequest.getDefaultInstance());
    assertThat(running.callThreads().last().by()).matches(Thread::isVirtual, "may block");

    running.publisher().publish(created("HOT-2", 0));
    running.awaitVersion("HOT-2", 1);
    RunningQuerySide.as(running.staff(), products).getProduct(product("HOT-2"));
    assertThat(running.callThreads().last().by())
        .as("a token may have to be checked with keys that are fetched")
        .matches(Thread::isVirtual, "may block");
  }

  @Test
  void a_watcher_is_told_the_state_and_then_every_newer_one() {
    running.publisher().publish(created("WATCH-1", 0));
    running.awaitVersion("WATCH-1", 1);

    var states =
        products
            .withDeadlineAfter(Duration.ofSeconds(30))
            .watchProduct(WatchProductRequest.newBuilder().setProductId("WATCH-1").build());
    assertThat(states.next().getProduct().getVersion()).isEqualTo(1);

    running.publisher().publish(priced("WATCH-1", 1, "60000", 2));
    var newer = states.next().getProduct();
    assertThat(newer.getVersion()).isEqualTo(2);
    assertThat(newer.getPrice()).isEqualTo("60000");
  }

  @Test
  void who_watches_an_unknown_product_is_told_so() {
    var states =
        products.watchProduct(WatchProductRequest.newBuilder().setProductId("NO-SUCH").build());

    assertFails(states::hasNext, Status.Code.NOT_FOUND, "PRODUCT_NOT_FOUND");
  }

  private static List<String> idsOf(JsonNode page) {
    return page.get("products").valueStream().map(it -> it.get("productId").asString()).toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode json(String text) {
    return RunningQuerySide.JSON.readTree(text);
  }

  private static GetProductRequest product(String id) {
    return GetProductRequest.newBuilder().setProductId(id).build();
  }

  private static PriceQuote quote(String id, String price, long version) {
    return PriceQuote.newBuilder()
        .setProductId(id)
        .setExpectedPrice(price)
        .setPriceVersion(version)
        .build();
  }
}

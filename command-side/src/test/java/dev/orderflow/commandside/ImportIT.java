package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of products and of receipts: each line on its own, and the same file again is nothing. */
@ExtendWith(SharedCommandSide.class)
class ImportIT {
  private static final String PRODUCTS = "productId,name,description,price,currency\r\n";
  private static final String RECEIPTS = "productId,quantity,reference\r\n";

  private final RunningCommandSide commandSide;
  private final String kettle = "PROD-" + UUID.randomUUID();
  private final String filter = "PROD-" + UUID.randomUUID();

  ImportIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Test
  void products_are_made_or_get_the_price_of_the_file_and_the_same_file_again_changes_nothing() {
    var file =
        PRODUCTS
            + kettle
            + ",\"Ấm, \"\"lớn\"\"\",\"1,7 L\r\nsteel\",50000,VND\r\n"
            + filter
            + ",Phin,,40000,VND\r\n";

    assertThat(results(products(file))).containsExactly("2 CREATED", "4 CREATED");
    assertThat(results(products(file))).containsExactly("2 UNCHANGED", "4 UNCHANGED");
    var dearer = file.replace("40000", "45000");
    assertThat(results(products(dearer))).containsExactly("2 UNCHANGED", "4 CHANGED");

    var events = commandSide.countEvents();
    assertThat(results(products(dearer))).containsExactly("2 UNCHANGED", "4 UNCHANGED");
    assertThat(commandSide.countEvents()).isEqualTo(events);
    assertThat(name(kettle)).isEqualTo("Ấm, \"lớn\"");
  }

  @Test
  void a_bad_line_fails_alone_and_says_why() {
    var file =
        PRODUCTS
            + kettle
            + ",Kettle,,50000,VND\n"
            + ",Nameless,,50000,VND\n"
            + filter
            + ",Filter,,many,VND\n"
            + kettle
            + ",Kettle,,60000,VND\n"
            + filter
            + ",Filter,,50000\n";

    var report = products(file);

    assertThat(results(report))
        .containsExactly("2 CREATED", "3 FAILED", "4 FAILED", "5 FAILED", "6 FAILED");
    assertThat(details(report))
        .containsExactly(
            "productId is required",
            "price must be a decimal number such as 50000 or 12.50",
            "productId is in line 2 already",
            "line must have as many values as the first line has columns");
    assertThat(report.body().path("lines").get(1).path("code").asString())
        .isEqualTo("VALIDATION_FAILED");
    assertThat(results(products(PRODUCTS + kettle + ",Kettle,,50,EUR\n")))
        .containsExactly("2 FAILED");
  }

  @Test
  void receipts_are_taken_in_once_by_their_reference_or_their_place_in_the_file() {
    assertThat(results(products(PRODUCTS + kettle + ",Kettle,,50000,VND\n")))
        .containsExactly("2 CREATED");
    var file =
        RECEIPTS
            + kettle
            + ",5,DN-1\n"
            + kettle
            + ",7,\n"
            + kettle
            + ",7,\n"
            + filter
            + ",1,DN-1\n"
            + kettle
            + ",6,DN-1\n"
            + kettle
            + ",0,DN-2\n";

    var report = receipts(file);

    assertThat(results(report))
        .containsExactly(
            "2 RECEIVED", "3 RECEIVED", "4 RECEIVED", "5 FAILED", "6 FAILED", "7 FAILED");
    assertThat(report.body().path("lines").get(3).path("code").asString())
        .isEqualTo("PRODUCT_NOT_FOUND");
    assertThat(report.body().path("lines").get(4).path("code").asString())
        .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(commandSide.levels(kettle)).containsExactly(19, 0, 0);
    assertThat(results(receipts(file)))
        .startsWith("2 UNCHANGED", "3 UNCHANGED", "4 UNCHANGED", "5 FAILED");
    assertThat(commandSide.levels(kettle)).containsExactly(19, 0, 0);
  }

  @Test
  void a_file_has_no_more_lines_of_a_product_than_are_remembered_together_with_another_file() {
    assertThat(
            results(
                products(PRODUCTS + kettle + ",Kettle,,50000,VND\n" + filter + ",Filter,,1,VND\n")))
        .containsExactly("2 CREATED", "3 CREATED");
    var first = RECEIPTS + (kettle + ",1,\n").repeat(501) + filter + ",1,\n";
    var second = RECEIPTS + (kettle + ",2,\n").repeat(500);

    var report = receipts(first);

    assertThat(results(report)).filteredOn(line -> line.endsWith("RECEIVED")).hasSize(501);
    assertThat(results(report)).endsWith("502 FAILED", "503 RECEIVED");
    assertThat(details(report))
        .containsExactly(
            "productId has 500 lines before this one, the most in one file; send this line in another");
    assertThat(results(receipts(second))).hasSize(500).allMatch(line -> line.endsWith("RECEIVED"));
    assertThat(results(receipts(first))).noneMatch(line -> line.endsWith("RECEIVED"));
    assertThat(results(receipts(second))).noneMatch(line -> line.endsWith("RECEIVED"));
    assertThat(commandSide.levels(kettle)).containsExactly(1_500, 0, 0);
  }

  @Test
  void a_byte_order_mark_other_orders_of_columns_and_empty_lines_are_taken() {
    var file = "\uFEFFcurrency,price,name,productId\n\nVND,50000,Kettle,%s\n\n".formatted(kettle);

    assertThat(results(products(file))).containsExactly("3 CREATED");
  }

  @Test
  void a_thousand_lines_are_a_few_groups_of_commands() {
    var file =
        IntStream.range(0, 1_000)
            .mapToObj(
                i -> "IMP-%s-%d,Name %d,,%d,VND\n".formatted(kettle.substring(5, 13), i, i, i + 1))
            .collect(Collectors.joining("", PRODUCTS, ""));
    var commits = commits();

    assertThat(results(products(file))).hasSize(1_000).allMatch(line -> line.endsWith("CREATED"));

    assertThat(commits() - commits).as("transactions").isLessThan(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "productId,name,price                       | currency",
        "productId,name,price,currency,colour       | colour",
        "productId,name,price,currency,name         | name",
        "name,price,currency                        | productId",
        "''                                         | productId",
        "productId;name;price;currency              | productId",
      })
  void columns_that_are_missing_unknown_or_there_twice_are_named(String header, String column) {
    var answer = products(header + "\n");

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("VALIDATION_FAILED");
    assertThat(
            answer.body().path("violations").valueStream().map(it -> it.path("field").asString()))
        .contains(column);
  }

  @Test
  void a_quote_that_is_not_closed_is_told_with_its_line() {
    var answer = products(PRODUCTS + kettle + ",Kettle,,50000,VND\n\"PROD,Open\n");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("detail").asString()).contains("line ");
    assertThat(results(products(PRODUCTS + kettle + ",Kettle,,50000,VND\n")))
        .as("nothing of it was done")
        .containsExactly("2 CREATED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/products/import", "/inventory/import"})
  void only_staff_import_and_only_csv(String path) {
    assertThat(commandSide.first().send("POST", path, "", "", "Content-Type", "text/csv").status())
        .isEqualTo(401);
    assertThat(
            commandSide
                .first()
                .send("POST", path, commandSide.alice(), "", "Content-Type", "text/csv")
                .status())
        .isEqualTo(403);
    assertThat(commandSide.first().send("POST", path, commandSide.staff(), "{}").status())
        .isEqualTo(415);
  }

  private Instance.Answer products(String file) {
    return send("/products/import", file);
  }

  private Instance.Answer receipts(String file) {
    return send("/inventory/import", file);
  }

  private Instance.Answer send(String path, String file) {
    return commandSide
        .first()
        .send("POST", path, commandSide.staff(), file, "Content-Type", "text/csv");
  }

  private static List<String> results(Instance.Answer answer) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer
        .body()
        .path("lines")
        .valueStream()
        .map(line -> line.path("line").asInt() + " " + line.path("result").asString())
        .toList();
  }

  private static List<String> details(Instance.Answer answer) {
    return answer
        .body()
        .path("lines")
        .valueStream()
        .filter(line -> line.has("detail"))
        .map(line -> line.path("detail").asString())
        .toList();
  }

  private String name(String product) {
    return commandSide
        .jdbc()
        .sql("SELECT payload ->> 'name' FROM event_log WHERE aggregate_id = ? LIMIT 1")
        .param("product-" + product)
        .query(String.class)
        .single();
  }

  private long commits() {
    return commandSide.count(
        "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()");
  }
}

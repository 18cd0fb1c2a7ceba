package dev.orderflow.commandside.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.InvalidRequestException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A file costs no more than its bounds, whatever is in it. */
class CsvFileTest {
  private static final int MOST_LINES = 10_000;
  private static final String LINE = "PROD-1,5\n";
  private static final String HEADER = "productId,quantity\n";

  @Test
  void a_file_has_ten_thousand_lines_at_most() {
    assertThat(read(HEADER + LINE.repeat(MOST_LINES)).lines()).hasSize(MOST_LINES);

    assertThat(refused(HEADER + LINE.repeat(MOST_LINES + 1)))
        .containsExactly(new FieldViolation("file", "must have at most 10000 lines; send several"));
  }

  @Test
  void nothing_is_read_behind_the_line_that_is_one_too_many() {
    assertThat(refused(HEADER + LINE.repeat(MOST_LINES + 1) + "\"not closed"))
        .extracting(FieldViolation::message)
        .containsExactly("must have at most 10000 lines; send several");
  }

  @Test
  void a_few_of_many_unknown_columns_are_named() {
    var header = columns(5_000);

    assertThat(refused(header + "," + header + ",quantity,quantity\n"))
        .extracting(FieldViolation::field)
        .contains("productId", "quantity", "column-0")
        .hasSizeLessThan(20);
  }

  @Test
  void a_byte_order_mark_makes_no_other_file() {
    var file = read(HEADER + LINE);

    assertThat(read("\uFEFF" + HEADER + LINE)).isEqualTo(file);
    assertThat(read(HEADER + LINE + LINE).hash()).isNotEqualTo(file.hash());
  }

  private static String columns(int number) {
    return IntStream.range(0, number)
        .mapToObj(column -> "column-" + column)
        .collect(Collectors.joining(","));
  }

  private static CsvFile read(String text) {
    return CsvFile.read(text.getBytes(UTF_8), Set.of("productId", "quantity"), Set.of("reference"));
  }

  private static List<FieldViolation> refused(String text) {
    return catchThrowableOfType(InvalidRequestException.class, () -> read(text)).violations();
  }
}

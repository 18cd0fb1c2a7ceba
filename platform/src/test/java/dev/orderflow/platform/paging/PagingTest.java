package dev.orderflow.platform.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.catalog.ProductId;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
  @ParameterizedTest
  @CsvSource({"0, 20", "1, 1", "100, 100", "101, 100", "2147483647, 100"})
  void a_page_has_its_size_or_the_default_and_never_more_than_the_maximum(int asked, int size) {
    assertThat(new PageRequest(asked, "").size()).isEqualTo(size);
  }

  @Test
  void a_negative_size_is_refused_by_name() {
    assertNames("pageSize", () -> new PageRequest(-1, ""));
  }

  @Test
  void a_token_leads_back_to_its_place() {
    for (var selection : List.of("", "phin")) {
      assertThat(read(selection, PageToken.of(selection, "KETTLE-1")))
          .isEqualTo(new ProductId("KETTLE-1"));
    }
  }

  @ParameterizedTest
  @CsvSource({"phin,''", "'',phin", "phin,lamp"})
  void a_token_of_another_selection_is_refused_by_name(String selection, String other) {
    assertNames("pageToken", () -> read(selection, PageToken.of(other, "KETTLE-1")));
  }

  @Test
  void a_token_of_the_whole_list_is_as_an_earlier_release_knows_it() {
    assertThat(PageToken.of("", "KETTLE-1")).isEqualTo("S0VUVExFLTE");
  }

  @Test
  void a_token_can_stand_in_a_url() {
    assertThat(PageToken.of("phin", "~~~???>>>")).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void no_token_is_before_the_first_item() {
    assertThat(read("phin", "")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "a", "bm90IGFuIGlk", "KETTLE-1"})
  void a_token_that_is_not_ours_is_refused_by_name(String token) {
    assertNames("pageToken", () -> read("", token));
  }

  @Test
  void the_last_page_leads_nowhere() {
    assertThat(Page.of(List.of("a", "b"), new PageRequest(2, ""), Function.identity()).nextToken())
        .isNull();
  }

  @Test
  void a_page_before_the_last_leads_to_its_last_item() {
    var request = new PageRequest(2, "", "letters");
    var page = Page.of(List.of("a", "b", "c"), request, Function.identity());

    assertThat(page.items()).containsExactly("a", "b");
    assertThat(page.nextToken()).isEqualTo(PageToken.of("letters", "b"));
  }

  private static @Nullable ProductId read(String selection, String token) {
    return PageToken.read(new PageRequest(2, token, selection), ProductId::new);
  }

  private static void assertNames(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
  }
}

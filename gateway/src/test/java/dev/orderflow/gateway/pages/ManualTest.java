package dev.orderflow.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ManualTest {
  @Test
  void a_paragraph_can_be_linked_to_by_the_words_of_its_heading() {
    assertThat(Manual.page("### Records that are no events"))
        .contains("<h3 id=\"records-that-are-no-events\">Records that are no events</h3>");
  }

  @Test
  void links_within_the_manual_stay_and_others_keep_only_their_words() {
    assertThat(Manual.page("[below](#reset) or [`0021`](decisions/0021-x.md)"))
        .contains("<a href=\"#reset\">below</a> or <code>0021</code>");
  }

  @Test
  void markup_in_the_text_is_shown_as_it_is() {
    assertThat(Manual.page("a <script>alert(1)</script>")).contains("a &lt;script&gt;alert(1)");
  }
}

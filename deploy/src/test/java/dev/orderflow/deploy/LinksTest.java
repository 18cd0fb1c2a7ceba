package dev.orderflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
  @Test
  void everyLinkOfThePagesLeadsToAFileAndAHeading() {
    assertThat(MarkdownPage.all().stream().flatMap(MarkdownPage::brokenLinks)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[page](nowhere.md)",
        "![picture](nowhere.png)",
        "| [cell](nowhere.md) |",
        "[heading](architecture.md#nowhere)",
        "[heading of this page](#nowhere)",
        "[line of a file](../pom.xml#L10)",
        "[outside](../../pom.xml)",
        "[Undefined] has no link"
      })
  void aLinkToNowhereIsNoticed(String text) {
    assertThat(page(text).brokenLinks()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[page](architecture.md)",
        "[directory](decisions)",
        "[heading](architecture.md#what-services-may-call)",
        "## A `heading`, with marks\n[it](#a-heading-with-marks)",
        "## Twice\n## Twice\n[the second](#twice-1)",
        "[Defined] below, and `[code]`\n\n[Defined]: architecture.md",
        "[elsewhere](https://example.org/nowhere)",
        "```\n[code](nowhere.md)\n```"
      })
  void aLinkThatLeadsSomewhereIsLeftAlone(String text) {
    assertThat(page(text).brokenLinks()).isEmpty();
  }

  private static MarkdownPage page(String text) {
    return new MarkdownPage(ProjectFiles.ROOT.resolve("docs/page.md"), text);
  }
}

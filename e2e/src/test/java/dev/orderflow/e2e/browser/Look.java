package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether a page can be read and used as WCAG 2.2 AA asks. With {@code orderflow.e2e.pictures},
 * what it looked like is in {@code target/pictures}.
 */
final class Look {
  static final Path PICTURES = Path.of("target/pictures");

  private static final List<String> WCAG_22_AA =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

  private static final List<Integer> WIDTHS = List.of(360, 1280);

  /** What is looked at closely: each width, each scheme and each language once. */
  private static final Map<String, Screen> SCREENS =
      Map.of("vi", new Screen(360, ColorScheme.LIGHT), "en", new Screen(1280, ColorScheme.DARK));

  private static final int HEIGHT = 800;

  private record Screen(int width, ColorScheme scheme) {}

  private Look() {}

  /** On a narrow and on a wide screen. */
  static void isFine(Page page, String language, String place) {
    assertThat(page.locator("h1")).hasCount(1);
    assertThat(page.locator("html")).hasAttribute("lang", language);
    for (var width : WIDTHS) {
      page.setViewportSize(width, HEIGHT);
      assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
          .as("width of %s in %s", place, language)
          .isLessThanOrEqualTo(width);
    }
    var screen = SCREENS.get(language);
    page.setViewportSize(screen.width(), HEIGHT);
    page.emulateMedia(new EmulateMediaOptions().setColorScheme(screen.scheme()));
    var name =
        "%s-%d-%s-%s"
            .formatted(language, screen.width(), screen.scheme(), place.replaceAll("\\W+", "-"));
    if (Boolean.getBoolean("orderflow.e2e.pictures")) {
      var picture = PICTURES.resolve(name.toLowerCase(Locale.ROOT) + ".png");
      page.screenshot(new ScreenshotOptions().setPath(picture).setFullPage(isShort(page)));
    }
    isAccessible(page, name);
  }

  /** A picture of the whole manual takes half a minute on a busy machine. */
  private static boolean isShort(Page page) {
    return (Integer) page.evaluate("document.documentElement.scrollHeight") <= 10 * HEIGHT;
  }

  /** As axe says. */
  static void isAccessible(Page page, String place) {
    var violations = new AxeBuilder(page).withTags(WCAG_22_AA).analyze().getViolations();
    assertThat(violations.stream().map(rule -> rule.getId() + ": " + rule.getNodes()).toList())
        .as("axe on %s", place)
        .isEmpty();
  }
}

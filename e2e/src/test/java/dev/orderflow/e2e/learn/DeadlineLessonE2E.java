package dev.orderflow.e2e.learn;

import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.Setup;
import org.junit.jupiter.api.Test;

/**
 * The lesson about the payment deadline, on a platform whose deadline is as short as its page says.
 */
@RunsOn(Setup.IMPATIENT)
class DeadlineLessonE2E {
  private final LocalPlatform platform;

  DeadlineLessonE2E(LocalPlatform platform) {
    this.platform = platform;
  }

  @Test
  void prints_what_its_page_says() throws Exception {
    Lesson.number(7).takeOn(platform);
  }
}

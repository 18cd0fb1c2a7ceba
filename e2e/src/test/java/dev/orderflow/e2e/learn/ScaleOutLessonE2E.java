package dev.orderflow.e2e.learn;

import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.Setup;
import org.junit.jupiter.api.Test;

/** The lesson about several instances, on a platform that has them. */
@RunsOn(Setup.TWO_OF_EACH_WITHOUT_POLLS)
class ScaleOutLessonE2E {
  private final LocalPlatform platform;

  ScaleOutLessonE2E(LocalPlatform platform) {
    this.platform = platform;
  }

  @Test
  void prints_what_its_page_says() throws Exception {
    Lesson.number(12).takeOn(platform);
  }
}

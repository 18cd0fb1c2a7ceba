package dev.orderflow.e2e.learn;

import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.Setup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the lessons print what the pages say. */
@RunsOn(Setup.ONE_OF_EACH)
class LessonsE2E {
  private final LocalPlatform platform;

  LessonsE2E(LocalPlatform platform) {
    this.platform = platform;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 8, 9, 10, 11})
  void prints_what_its_page_says(int lesson) throws Exception {
    Lesson.number(lesson).takeOn(platform);
  }
}

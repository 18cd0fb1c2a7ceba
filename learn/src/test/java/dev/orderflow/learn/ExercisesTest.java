package dev.orderflow.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** Every lesson has an exercise that fails as long as nothing was written. */
class ExercisesTest {
  static Stream<String> exercises() {
    return IntStream.rangeClosed(1, 12)
        .mapToObj(number ->
            "%s.Lesson%02dExercise".formatted(ExercisesTest.class.getPackageName(), number));
  }

  @ParameterizedTest
  @MethodSource("exercises")
  void fails_until_it_is_solved(String exercise) {
    var listener = new SummaryGeneratingListener();

    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(exercise)).build(),
            listener);

    assertThat(listener.getSummary().getFailures())
        .isNotEmpty()
        .extracting(Failure::getException)
        .hasOnlyElementsOfType(UnsupportedOperationException.class);
  }
}

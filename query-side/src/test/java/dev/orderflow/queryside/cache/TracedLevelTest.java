package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.platform.testing.RecordedTraces;
import dev.orderflow.platform.tracing.Traces.Part;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TracedLevelTest {
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final RecordedTraces recorded = RecordedTraces.sampledBy(Sampler.alwaysOn());

  @Test
  void an_announcement_that_fails_is_a_step_that_has_ended() {
    var traces = recorded.traces();
    var level = new TracedLevel<>("order-view", new Failing(), traces);

    assertThatThrownBy(() ->
            traces.together(
                "project",
                List.of(new Part("project", "ORD-1", TRACE)),
                () -> {
                  level.announce(Map.of("ORD-1", new Versioned<>(1, "placed")), 0);
                  return true;
                }))
        .hasMessage("wrong");

    assertThat(recorded.spans())
        .extracting(SpanData::getName)
        .containsExactly("announce order-view", "project");
  }

  private static final class Failing implements SharedLevel<String> {
    @Override
    public void announce(Map<String, Versioned<String>> rows, long trueAt) {
      throw new IllegalStateException("wrong");
    }

    @Override
    public Map<String, Versioned<String>> read(Collection<String> keys) {
      return Map.of();
    }

    @Override
    public void keep(Map<String, Versioned<String>> rows, long trueAt) {}

    @Override
    public void start(Consumer<ViewFormat.Change> changes) {}

    @Override
    public void stop() {}
  }
}

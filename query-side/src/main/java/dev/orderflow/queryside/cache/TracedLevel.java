package dev.orderflow.queryside.cache;

import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.platform.tracing.Traces.OpenSpan;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/** L2 whose announcements are steps of the traces of those for whom a row has changed. */
final class TracedLevel<V> implements SharedLevel<V> {
  private final String name;
  private final SharedLevel<V> level;
  private final Traces traces;

  /**
   * @param name of the cache
   */
  TracedLevel(String name, SharedLevel<V> level, Traces traces) {
    this.name = name;
    this.level = level;
    this.traces = traces;
  }

  @Override
  public void announce(Map<String, Versioned<V>> rows, long trueAt) {
    var spans =
        rows.keySet().stream()
            .map(key -> traces.begin("announce " + name, Traces.of(key)).about(key))
            .toList();
    try {
      level.announce(rows, trueAt);
    } finally {
      spans.forEach(OpenSpan::end);
    }
  }

  @Override
  public Map<String, Versioned<V>> read(Collection<String> keys) {
    return level.read(keys);
  }

  @Override
  public void keep(Map<String, Versioned<V>> rows, long trueAt) {
    level.keep(rows, trueAt);
  }

  @Override
  public void start(Consumer<ViewFormat.Change> changes) {
    level.start(changes);
  }

  @Override
  public void stop() {
    level.stop();
  }
}

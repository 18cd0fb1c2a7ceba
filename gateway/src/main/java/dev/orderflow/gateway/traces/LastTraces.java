package dev.orderflow.gateway.traces;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last traces. When there is no more room, the one that began to come first goes as a whole. A
 * trace that has too many spans keeps the first of them.
 */
public final class LastTraces {
  /** The attribute that says what a step is about: the id of an order, a product, a payment. */
  static final String KEY = "orderflow.key";

  private static final int MOST_OF_A_TRACE = 1_000;
  private static final int TRACES_ABOUT_ONE = 200;

  private final Map<String, KeptTrace> traces = new LinkedHashMap<>();
  private final int maxSpans;
  private final long maxSize;
  private int spans;
  private long size;

  LastTraces(int maxSpans, long maxSize) {
    this.maxSpans = maxSpans;
    this.maxSize = maxSize;
  }

  synchronized void add(Collection<KeptSpan> added) {
    for (var span : added) {
      var trace = traces.computeIfAbsent(span.traceId(), _ -> new KeptTrace());
      if (trace.spans.size() < MOST_OF_A_TRACE) {
        trace.spans.add(span);
        trace.size += span.size();
        spans++;
        size += span.size();
      }
    }
    var oldest = traces.values().iterator();
    while (spans > maxSpans || size > maxSize) {
      var gone = oldest.next();
      spans -= gone.spans.size();
      size -= gone.size;
      oldest.remove();
    }
  }

  /**
   * The newest first.
   *
   * @param key that a step of each is about; null for all
   */
  synchronized List<Map.Entry<String, List<KeptSpan>>> newest(int most, @Nullable String key) {
    var found = new ArrayList<Map.Entry<String, List<KeptSpan>>>();
    for (var trace : ((LinkedHashMap<String, KeptTrace>) traces).reversed().entrySet()) {
      if (found.size() == most) {
        break;
      }
      if (key == null || trace.getValue().isAbout(key)) {
        found.add(Map.entry(trace.getKey(), trace.getValue().inOrder()));
      }
    }
    return found;
  }

  /** All steps of the newest traces of which a step is about this, at most so many. */
  public List<KeptSpan> about(String key, int most) {
    return newest(TRACES_ABOUT_ONE, key).stream()
        .flatMap(trace -> trace.getValue().stream())
        .limit(most)
        .toList();
  }

  /**
   * The steps of a trace in the order of their beginnings; empty when it is not, or not any more,
   * kept.
   */
  synchronized Optional<List<KeptSpan>> find(String traceId) {
    return Optional.ofNullable(traces.get(traceId)).map(KeptTrace::inOrder);
  }

  private static final class KeptTrace {
    private final List<KeptSpan> spans = new ArrayList<>();
    private long size;

    /** A step may be about several streams, each named by a kind, a hyphen and the id. */
    private boolean isAbout(String key) {
      return spans.stream()
          .flatMap(span -> Arrays.stream(span.attributes().getOrDefault(KEY, "").split(",")))
          .anyMatch(about -> about.equals(key) || about.endsWith("-" + key));
    }

    private List<KeptSpan> inOrder() {
      return spans.stream().sorted(Comparator.comparing(KeptSpan::startedAt)).toList();
    }
  }
}

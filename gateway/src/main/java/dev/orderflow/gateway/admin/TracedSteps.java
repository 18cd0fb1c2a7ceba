package dev.orderflow.gateway.admin;

import com.google.common.primitives.Longs;
import dev.orderflow.gateway.traces.KeptSpan;
import dev.orderflow.platform.kafka.RecordTags;
import dev.orderflow.platform.timeline.TimelineEntry;
import dev.orderflow.platform.timeline.TimelineEntry.Event;
import dev.orderflow.platform.timeline.TimelineEntry.Kind;
import dev.orderflow.platform.timeline.TimelineEntry.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What traces tell of an order's way: the steps that nothing else remembers. */
final class TracedSteps {
  private static final String GATEWAY = "gateway";
  private static final String COMMAND_SIDE = "command-side";
  private static final Pattern COMMAND = Pattern.compile("[A-Z]\\w*");
  private static final String PLACEMENT = "PlaceOrder";
  private static final String FAILURE = "error.type";

  private final List<KeptSpan> spans;
  private final Map<String, KeptSpan> byId;
  private final Map<String, KeptSpan> taken = new HashMap<>();

  /**
   * @param spans of all traces that are about the order
   */
  TracedSteps(List<KeptSpan> spans) {
    this.spans = spans;
    this.byId =
        spans.stream()
            .collect(Collectors.toMap(KeptSpan::spanId, Function.identity(), (first, _) -> first));
    spans.stream()
        .filter(span -> span.attributes().containsKey(RecordTags.OFFSET))
        .forEach(span -> taken.put(span.attributes().get(RecordTags.EVENT), span));
  }

  /** The trace in which the order was placed; null when it is not kept. */
  @Nullable String placement() {
    return spans.stream()
        .filter(span -> span.name().equals(PLACEMENT))
        .map(KeptSpan::traceId)
        .findFirst()
        .orElse(null);
  }

  /** The command to which a place in a trace belongs; null when it is not kept. */
  @Nullable String command(@Nullable Step step) {
    return Optional.ofNullable(step)
        .map(place -> byId.get(place.spanId()))
        .map(KeptSpan::name)
        .orElse(null);
  }

  /**
   * The entries of a service with what is known of them here, and those that are known only here.
   */
  List<TimelineEntry> completed(List<TimelineEntry> told) {
    var own = new ArrayList<>(spans.stream().flatMap(this::entry).toList());
    var all = new ArrayList<>(told.stream().map(entry -> joined(entry, own)).toList());
    all.addAll(own);
    return all;
  }

  /** What was answered, or sent, is known to its service, and how long it took to the trace. */
  private TimelineEntry joined(TimelineEntry told, List<TimelineEntry> own) {
    if (told.event() != null) {
      return told.of(told.event().causedBy(command(told.step())));
    }
    if (told.kind() != Kind.MAIL && told.kind() != Kind.PROVIDER) {
      return told;
    }
    var same =
        own.stream()
            .filter(entry ->
                entry.kind() == told.kind()
                    && entry.name().equals(told.name())
                    && entry.payload() == null)
            .reduce((_, last) -> last);
    same.ifPresent(own::remove);
    return same.map(entry -> told.at(entry.step())).orElse(told);
  }

  private Stream<TimelineEntry> entry(KeptSpan span) {
    if (span.service().equals(GATEWAY)) {
      return isWrite(span)
          ? Stream.of(entry(span, Kind.HTTP, httpName(span)).with(httpResult(span)))
          : Stream.empty();
    }
    var words = span.name().split(" ", 2);
    var what = words[0];
    if (words.length == 1) {
      return switch (what) {
        case "charge", "refund" -> Stream.of(entry(span, Kind.PROVIDER, what));
        default ->
            span.service().equals(COMMAND_SIDE) && COMMAND.matcher(what).matches()
                ? Stream.of(entry(span, Kind.COMMAND, what))
                : Stream.empty();
      };
    }
    var about = words[1];
    return switch (what) {
      case "publish" -> Stream.of(record(span, about));
      case "order-saga", "payment" -> Stream.of(entry(span, Kind.SAGA, about));
      case "retry" -> Stream.of(entry(span, Kind.TASK, about));
      case "mail" -> Stream.of(entry(span, Kind.MAIL, about));
      case "order-view", "product-view" -> Stream.of(row(span, what, about));
      case "announce" -> Stream.of(entry(span, Kind.ANNOUNCEMENT, about));
      default -> Stream.empty();
    };
  }

  private static TimelineEntry entry(KeptSpan span, Kind kind, String name) {
    return entry(span, kind, name, span.startedAt());
  }

  private static TimelineEntry entry(KeptSpan span, Kind kind, String name, Instant at) {
    var failure = span.attributes().get(FAILURE);
    return TimelineEntry.of(kind, name, at)
        .by(span.service())
        .at(new Step(span.traceId(), span.spanId(), span.durationMicros()))
        .with(failure == null ? null : Map.of("failure", failure));
  }

  /** Reads are no part of the way: this one here is one of them. */
  private static boolean isWrite(KeptSpan span) {
    return span.parentSpanId() == null
        && !List.of("GET", "HEAD", "OPTIONS").contains(span.attributes().getOrDefault("method", ""))
        && span.name().startsWith("http ");
  }

  private static String httpName(KeptSpan span) {
    return span.attributes().getOrDefault("method", "")
        + " "
        + span.attributes().getOrDefault("uri", "");
  }

  private static Map<String, String> httpResult(KeptSpan span) {
    return Map.of("status", span.attributes().getOrDefault("status", ""));
  }

  /** It is on its topic when the publication of its batch ends; who reads it tells where. */
  private TimelineEntry record(KeptSpan span, String name) {
    var event = span.attributes().get(RecordTags.EVENT);
    var place = new LinkedHashMap<String, Object>();
    Optional.ofNullable(span.attributes().get(RecordTags.TOPIC))
        .ifPresent(topic -> place.put("topic", topic));
    Optional.ofNullable(taken.get(event))
        .ifPresent(reader -> {
          number(reader, RecordTags.PARTITION).ifPresent(found -> place.put("partition", found));
          number(reader, RecordTags.OFFSET).ifPresent(found -> place.put("offset", found));
        });
    return entry(span, Kind.RECORD, name, span.endedAt())
        .of(event == null ? null : new Event(event, null, null))
        .with(place);
  }

  private static Optional<Long> number(KeptSpan span, String attribute) {
    return Optional.ofNullable(span.attributes().get(attribute)).map(Longs::tryParse);
  }

  private static TimelineEntry row(KeptSpan span, String view, String event) {
    var more = new LinkedHashMap<String, Object>(Map.of("view", view));
    Optional.ofNullable(span.attributes().get(FAILURE))
        .ifPresent(failure -> more.put("failure", failure));
    return entry(span, Kind.ROW, event).with(more);
  }
}

package dev.orderflow.platform.tracing;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with traces where they are carried by hand: in metadata of events, headers of records,
 * commands and tasks, as the {@code traceparent} of W3C Trace Context. Only sampled contexts are
 * carried; all other work costs one check for null.
 */
public final class Traces {
  /** The name under which a context is carried. */
  public static final String TRACEPARENT = "traceparent";

  private static final String KEY = "orderflow.key";

  private static final Pattern SAMPLED =
      Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f][13579bdf]");

  private static final ScopedValue<Map<String, String>> CONTEXTS = ScopedValue.newInstance();

  private final Tracer tracer;

  /** With the tracer that samples and exports. */
  public Traces(Tracer tracer) {
    this.tracer = tracer;
  }

  /** Follows nothing. */
  public static Traces none() {
    return new Traces(Tracer.NOOP);
  }

  /**
   * What is done together with others for something that may have a trace of its own.
   *
   * @param key what it is about, by which {@link #of} finds it meanwhile; no personal data
   * @param parent its context as it was carried; null when it is not sampled
   * @param tags what else is to be said about it; no personal data
   */
  public record Part(String name, String key, @Nullable String parent, Map<String, String> tags) {
    /** One of which nothing else is to be said. */
    public Part(String name, String key, @Nullable String parent) {
      this(name, key, parent, Map.of());
    }
  }

  /**
   * A step of a trace.
   *
   * @param traceId 32 hexadecimal digits
   * @param spanId 16 hexadecimal digits
   */
  public record Place(String traceId, String spanId) {
    /** Where a context that is carried comes from; empty when it is not sampled. */
    public static Optional<Place> of(@Nullable String traceparent) {
      return Optional.ofNullable(read(traceparent))
          .map(context -> new Place(context.group(1), context.group(2)));
    }
  }

  /** The context of this thread; null when it is not sampled. */
  public @Nullable String current() {
    var span = tracer.currentSpan();
    return span == null ? null : sampled(span.context());
  }

  /**
   * The context of this thread for the next process, which must not sample when this one has not;
   * null when there is none.
   */
  public @Nullable String header() {
    var span = tracer.currentSpan();
    return span == null || span.context().traceId().isEmpty() ? null : write(span.context());
  }

  /** The context of a part of what this thread does together; null when it is not sampled. */
  public static @Nullable String of(@Nullable String key) {
    return key == null || !CONTEXTS.isBound() ? null : CONTEXTS.get().get(key);
  }

  /**
   * Begins a span of a trace.
   *
   * @param parent as it was carried; null when it is not sampled
   */
  public OpenSpan begin(String name, @Nullable String parent) {
    var matcher = read(parent);
    if (matcher == null) {
      return OpenSpan.NONE;
    }
    var span = tracer.spanBuilder().setParent(context(matcher)).name(name).start();
    return new OpenSpan(span, sampled(span.context()));
  }

  /**
   * Works for many at once: one span in each of their traces, and one that is linked to all of them
   * and has what belongs to all, as calls. For one alone its own span is that.
   */
  public <T> T together(String name, Collection<Part> parts, Supplier<T> work) {
    var spans = new ArrayList<OpenSpan>();
    var contexts = new HashMap<String, String>();
    for (var part : parts) {
      var span = begin(part.name(), part.parent());
      var context = span.context();
      if (context != null) {
        part.tags().forEach(span::tag);
        spans.add(span.about(part.key()));
        contexts.put(part.key(), context);
      }
    }
    return spans.isEmpty() ? work.get() : linked(name, spans, contexts, work);
  }

  private <T> T linked(
      String name, List<OpenSpan> spans, Map<String, String> contexts, Supplier<T> work) {
    if (spans.size() > 1) {
      // The last to end: it has what belongs to all.
      spans.add(group(name, spans));
    }
    try (var _ = tracer.withSpan(spans.getLast().span())) {
      return ScopedValue.where(CONTEXTS, contexts).call(work::get);
    } catch (RuntimeException e) {
      spans.forEach(span -> span.failed(e));
      throw e;
    } finally {
      spans.forEach(OpenSpan::end);
    }
  }

  private OpenSpan group(String name, List<OpenSpan> spans) {
    var group = tracer.spanBuilder().name(name);
    spans.forEach(span -> group.addLink(new Link(span.span())));
    return new OpenSpan(group.start(), null);
  }

  private TraceContext context(Matcher matcher) {
    return tracer
        .traceContextBuilder()
        .traceId(matcher.group(1))
        .spanId(matcher.group(2))
        .sampled(true)
        .build();
  }

  private static @Nullable Matcher read(@Nullable String traceparent) {
    if (traceparent == null) {
      return null;
    }
    var matcher = SAMPLED.matcher(traceparent);
    return matcher.matches() ? matcher : null;
  }

  private static @Nullable String sampled(TraceContext context) {
    return Boolean.TRUE.equals(context.sampled()) ? write(context) : null;
  }

  private static String write(TraceContext context) {
    var flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
    return "00-" + context.traceId() + "-" + context.spanId() + "-" + flags;
  }

  /** A span that is to be ended by hand, on any thread. */
  public static final class OpenSpan {
    /** Of what is not sampled. */
    public static final OpenSpan NONE = new OpenSpan(Span.NOOP, null);

    private final Span span;
    private final @Nullable String context;

    private OpenSpan(Span span, @Nullable String context) {
      this.span = span;
      this.context = context;
    }

    private Span span() {
      return span;
    }

    /** To be carried to what comes of it; null when it is not sampled. */
    public @Nullable String context() {
      return context;
    }

    /** Says what it is about: the id of an order, a product or a payment. */
    public OpenSpan about(String key) {
      return tag(KEY, key);
    }

    /** Says something about it that is no personal data. */
    public OpenSpan tag(String name, String value) {
      span.tag(name, value);
      return this;
    }

    /** Says what it failed of; the message is left out, for it may hold anything. */
    public void failed(Throwable failure) {
      span.tag("error.type", causeOf(failure).getClass().getName());
    }

    /** What threads hand on to each other is wrapped, and the wrapping says nothing. */
    private static Throwable causeOf(Throwable failure) {
      return failure.getCause() != null
              && (failure instanceof CompletionException || failure instanceof ExecutionException)
          ? causeOf(failure.getCause())
          : failure;
    }

    /** It is over. */
    public void end() {
      span.end();
    }

    /** It is over with this. */
    public void end(@Nullable Throwable failure) {
      if (failure != null) {
        failed(failure);
      }
      end();
    }
  }
}

package dev.orderflow.gateway.admin;

import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.gateway.admin.Part.Answered;
import dev.orderflow.gateway.admin.Part.Away;
import dev.orderflow.gateway.admin.Part.Refused;
import dev.orderflow.gateway.routing.Service;
import dev.orderflow.gateway.traces.LastTraces;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.timeline.TimelineEntry;
import dev.orderflow.platform.timeline.TimelinePart;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The way of one order through the platform, for staff. */
@RestController
final class TimelineController {
  private static final List<Service> ASKED =
      List.of(Service.COMMAND_SIDE, Service.SAGA, Service.QUERY_SIDE);

  private static final int MOST_SPANS = 2_000;
  private static final int MOST_ENTRIES = 1_000;

  private final Parts parts;
  private final ObjectProvider<LastTraces> traces;

  TimelineController(Parts parts, ObjectProvider<LastTraces> traces) {
    this.parts = parts;
    this.traces = traces;
  }

  /**
   * What each service tells, and what the last traces do. A service that is away is named; the
   * command side alone can say that there is no such order.
   */
  @GetMapping("/admin/orders/{orderId}/timeline")
  TimelineJson timeline(@PathVariable String orderId) throws Rejection {
    var order = TimelinePart.orderNamed(orderId).value();
    var answers = parts.ofEach(ASKED, "/admin/orders/" + order + "/timeline", TimelinePart.class);
    var told = new ArrayList<TimelineEntry>();
    var known = new ArrayList<TimelinePart>();
    var missing = new ArrayList<String>();
    for (var answer : answers) {
      var service = answer.service();
      switch (answer) {
        case Answered<TimelinePart>(_, _, var part) -> {
          known.add(part);
          part.entries().forEach(entry -> told.add(entry.by(service.label())));
        }
        case Refused<TimelinePart> refused when isUnknown(refused) -> {
          if (service == Service.COMMAND_SIDE) {
            throw new Rejection.OrderNotFound();
          }
        }
        case Refused<TimelinePart> _, Away<TimelinePart> _ -> missing.add(service.label());
      }
    }
    var steps =
        new TracedSteps(
            traces.stream().flatMap(kept -> kept.about(order, MOST_SPANS).stream()).toList());
    var entries = steps.completed(told);
    if (entries.isEmpty()) {
      throw new UnavailableException(
          "The command side does not answer, and nobody else knows the order.", null);
    }
    var traceId = first(known, TimelinePart::traceId);
    return new TimelineJson(
        order,
        first(known, TimelinePart::status),
        traceId == null ? steps.placement() : traceId,
        TimelinePart.oldest(entries, MOST_ENTRIES),
        entries.size() > MOST_ENTRIES || known.stream().anyMatch(TimelinePart::truncated),
        missing);
  }

  private static boolean isUnknown(Refused<?> refused) {
    return refused.status() == HttpStatus.NOT_FOUND.value();
  }

  /** Of the service that knows it best. */
  private static @Nullable String first(
      List<TimelinePart> known, Function<TimelinePart, @Nullable String> said) {
    return known.stream()
        .flatMap(part -> Stream.ofNullable(said.apply(part)))
        .findFirst()
        .orElse(null);
  }
}

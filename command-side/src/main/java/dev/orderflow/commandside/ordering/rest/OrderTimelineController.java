package dev.orderflow.commandside.ordering.rest;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.eventstore.EventStorage.Placed;
import dev.orderflow.commandside.ordering.application.OrderJourney;
import dev.orderflow.commandside.publication.PublishedEvents;
import dev.orderflow.platform.serialization.ShownJson;
import dev.orderflow.platform.timeline.TimelineEntry;
import dev.orderflow.platform.timeline.TimelineEntry.Event;
import dev.orderflow.platform.timeline.TimelineEntry.Kind;
import dev.orderflow.platform.timeline.TimelineEntry.Step;
import dev.orderflow.platform.timeline.TimelinePart;
import dev.orderflow.platform.tracing.Traces;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What the event store tells of an order's way, for the gateway's timeline, which describes it. */
@RestController
class OrderTimelineController {
  private final OrderJourney journey;
  private final PublishedEvents publishedEvents;

  OrderTimelineController(OrderJourney journey, PublishedEvents publishedEvents) {
    this.journey = journey;
    this.publishedEvents = publishedEvents;
  }

  @GetMapping("/admin/orders/{orderId}/timeline")
  @Hidden
  TimelinePart timeline(@PathVariable String orderId) throws Rejection {
    var events = journey.of(TimelinePart.orderNamed(orderId));
    var published = publishedEvents.of(events.stream().map(Placed::place).toList());
    return TimelinePart.of(
        status(events),
        traceId(events),
        events.stream().map(one -> entry(one, published.get(one.place()))).toList());
  }

  private static TimelineEntry entry(Placed one, @Nullable Boolean published) {
    var event = one.event();
    var name = event.getPayloadType().getSimpleName();
    return TimelineEntry.of(Kind.EVENT, name, event.getTimestamp())
        .in(event.getAggregateIdentifier(), event.getSequenceNumber())
        .of(new Event(event.getIdentifier(), published, null))
        .at(step(one).orElse(null))
        .with(event.getPayload() instanceof DomainEvent payload ? ShownJson.of(payload) : null);
  }

  private static Optional<Step> step(Placed one) {
    return Traces.Place.of((String) one.event().getMetaData().get(Traces.TRACEPARENT))
        .map(place -> new Step(place.traceId(), place.spanId(), null));
  }

  private static @Nullable String traceId(List<Placed> events) {
    return events.stream()
        .filter(one -> one.event().getPayload() instanceof OrderPlacedEvent)
        .findFirst()
        .flatMap(OrderTimelineController::step)
        .map(Step::traceId)
        .orElse(null);
  }

  private static @Nullable String status(List<Placed> events) {
    return events.stream()
        .map(one -> one.event().getPayload())
        .filter(OrderEvent.class::isInstance)
        .map(payload -> status((OrderEvent) payload).name())
        .reduce(null, (_, later) -> later);
  }

  private static OrderStatus status(OrderEvent event) {
    return switch (event) {
      case OrderPlacedEvent _ -> OrderStatus.PENDING;
      case OrderConfirmedEvent _ -> OrderStatus.CONFIRMED;
      case OrderCancelledEvent _ -> OrderStatus.CANCELLED;
    };
  }
}

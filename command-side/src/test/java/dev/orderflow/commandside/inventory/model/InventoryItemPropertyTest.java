package dev.orderflow.commandside.inventory.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ExpireReservations;
import dev.orderflow.api.inventory.InventoryCommand.ReceiveStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.InventoryCommand.ReserveStock;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.inventory.model.StockCounter.Outcome;
import dev.orderflow.platform.serialization.EventJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.SimpleEventBus;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.axonframework.serialization.Serializer;

/** Whatever happens to the stock of a product, it is what a plain count says. */
class InventoryItemPropertyTest {
  private static final Instant START = Instant.parse("2024-07-31T10:00:00Z");
  private static final ProductId KETTLE = new ProductId("PROD-KETTLE");
  private static final Serializer SERIALIZER = EventJson.serializer();

  private sealed interface Step {
    record Receive(int quantity) implements Step {}

    record Reserve(int id, int quantity, Duration ttl) implements Step {}

    record PlaceOrder(int id, int quantity) implements Step {}

    record Commit(ReservationId id) implements Step {}

    record Release(ReservationId id) implements Step {}

    record Expire() implements Step {}

    record TimePasses(Duration duration) implements Step {}
  }

  @Property(tries = 500)
  void stock_is_what_a_plain_count_says_after_every_step(@ForAll("histories") List<Step> steps)
      throws Exception {
    var stock = new Stock();
    for (var step : steps) {
      var before = stock.events.size();
      stock.take(step);
      stock.check();
      // Without an event there is nothing new to be read, and the next one shows what went wrong.
      if (stock.events.size() > before) {
        stock.checkReads();
      }
    }
    stock.checkReads();
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    var quantities = Arbitraries.integers().between(1, 6);
    var ids = Arbitraries.integers().between(0, 5);
    var reservationIds = Arbitraries.oneOf(ids.map(Stock::chosen), ids.map(Stock::order));
    var times =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(0, 600).map(Duration::ofSeconds)),
            Tuple.of(2, Arbitraries.integers().between(1, 26).map(Duration::ofHours)),
            // Right before, at and after the moments that matter.
            Tuple.of(
                2,
                Arbitraries.of(-1, 0, 1)
                    .flatMap(ms ->
                        Arbitraries.of(
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(15),
                                Duration.ofHours(24),
                                Duration.ofHours(24).plusMinutes(5))
                            .map(moment -> moment.plusMillis(ms)))));
    var ttls = Arbitraries.of(Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofHours(24));
    return Arbitraries.frequencyOf(
            Tuple.of(2, quantities.<Step>map(Step.Receive::new)),
            Tuple.of(5, Combinators.combine(ids, quantities, ttls).as(Step.Reserve::new)),
            Tuple.of(3, Combinators.combine(ids, quantities).as(Step.PlaceOrder::new)),
            Tuple.of(3, reservationIds.map(Step.Commit::new)),
            Tuple.of(3, reservationIds.map(Step.Release::new)),
            Tuple.of(2, Arbitraries.of(new Step.Expire())),
            Tuple.of(4, times.map(Step.TimePasses::new)))
        .list()
        .ofMaxSize(60);
  }

  /** An aggregate that lives on from command to command, beside a plain count. */
  private static final class Stock {
    private final StockCounter counter = new StockCounter();
    private final List<DomainEventMessage<?>> events = new ArrayList<>();
    private final SimpleEventBus bus = SimpleEventBus.builder().build();
    private final AggregateModel<InventoryItem> model;
    private final EventSourcedAggregate<InventoryItem> live;
    private Instant now = START;

    Stock() {
      InstantSource time = () -> now;
      Clock clock = time.withZone(ZoneOffset.UTC);
      model =
          AnnotatedAggregateMetaModelFactory.inspectAggregate(
              InventoryItem.class,
              MultiParameterResolverFactory.ordered(
                  ClasspathParameterResolverFactory.forClass(InventoryItem.class),
                  new SimpleResourceParameterResolverFactory(List.of(clock))));
      bus.subscribe(
          appended -> appended.forEach(event -> events.add((DomainEventMessage<?>) event)));
      live = newAggregate();
    }

    /** The ids come into use one after the other, and so grow too old one after the other. */
    static ReservationId chosen(int id) {
      return ReservationWithoutOrderTest.madeAt(madeAt(id), id);
    }

    static Instant madeAt(int id) {
      return START.plus(Duration.ofHours(8).multipliedBy(id));
    }

    static ReservationId order(int id) {
      return new ReservationId("ORD-" + id);
    }

    void take(Step step) throws Exception {
      switch (step) {
        case Step.Receive receive -> {
          counter.receive(receive.quantity());
          expect(Outcome.DONE, new ReceiveStock(KETTLE, new Quantity(receive.quantity())));
        }
        case Step.Reserve reserve -> {
          var id = chosen(reserve.id());
          var made = madeAt(reserve.id());
          if (!made.isAfter(now.plus(ReservationId.MAX_AHEAD))) {
            expect(
                counter.reserve(id, made, reserve.quantity(), reserve.ttl(), now),
                new ReserveStock(KETTLE, id, new Quantity(reserve.quantity()), reserve.ttl()));
          }
        }
        case Step.PlaceOrder order -> place(order(order.id()), order.quantity());
        case Step.Commit commit ->
            expect(counter.commit(commit.id(), now), new CommitStock(KETTLE, commit.id()));
        case Step.Release release ->
            expect(counter.release(release.id(), now), new ReleaseStock(KETTLE, release.id()));
        case Step.Expire _ -> expect(counter.expire(now), new ExpireReservations(KETTLE));
        case Step.TimePasses passes -> now = now.plus(passes.duration());
      }
    }

    /** As the placement of an order does: it decides by what is available, and then holds it. */
    private void place(ReservationId id, int quantity) {
      long available = live.invoke(item -> item.availableAt(now));
      assertThat(available).isEqualTo(counter.availableAt(now));
      if (available >= quantity && !counter.knows(id)) {
        counter.hold(id, quantity, Instant.MAX, now);
        live.execute(item -> item.hold(new ReserveStock(KETTLE, id, new Quantity(quantity)), now));
      }
    }

    private void expect(Outcome expected, InventoryCommand command) throws Exception {
      var before = events.size();
      var outcome = outcome(command, before);
      if (expected == Outcome.DONE_ALREADY_OR_NOT_FOUND) {
        assertThat(outcome).isIn(Outcome.DONE_ALREADY, Outcome.NOT_FOUND);
      } else {
        assertThat(outcome).as("%s at %s", command, now).isEqualTo(expected);
      }
    }

    private Outcome outcome(InventoryCommand command, int before) throws Exception {
      try {
        live.handle(new GenericCommandMessage<>(command));
      } catch (Rejection rejection) {
        assertThat(events).as("a rejection writes nothing").hasSize(before);
        return switch (rejection) {
          case Rejection.InsufficientStock _ -> Outcome.SHORT;
          case Rejection.ReservationIdReused _ -> Outcome.ID_REUSED;
          case Rejection.ReservationNotFound _ -> Outcome.NOT_FOUND;
          default -> throw rejection;
        };
      }
      return events.size() > before ? Outcome.DONE : Outcome.DONE_ALREADY;
    }

    void check() {
      assertThat(counter.received).isEqualTo(counter.available + counter.reserved + counter.sold);
      if (events.isEmpty()) {
        return;
      }
      // Levels cannot be made with a negative number.
      assertThat(((InventoryUpdatedEvent) events.getLast().getPayload()).levels())
          .isEqualTo(new StockLevels(counter.available, counter.reserved, counter.sold));
    }

    /** The events and a snapshot tell the same as the aggregate that lives on. */
    void checkReads() {
      if (events.isEmpty()) {
        return;
      }
      var replayed = newAggregate();
      replayed.initializeState(DomainEventStream.of(events));
      assertThat(root(replayed)).usingRecursiveComparison().isEqualTo(root(live));
      var restored = new InventoryItem();
      restored.on(stored(root(live).state()));
      assertThat(restored).usingRecursiveComparison().isEqualTo(root(live));
    }

    /** Written as a snapshot, and read back. */
    private static InventoryItemState stored(InventoryItemState state) {
      return SERIALIZER.deserialize(SERIALIZER.serialize(state, String.class));
    }

    private EventSourcedAggregate<InventoryItem> newAggregate() {
      return EventSourcedAggregate.initialize(
          new InventoryItem(), model, bus, NoSnapshotTriggerDefinition.TRIGGER);
    }

    private static InventoryItem root(EventSourcedAggregate<InventoryItem> aggregate) {
      return aggregate.invoke(item -> item);
    }
  }
}

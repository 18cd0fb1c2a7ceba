package dev.orderflow.queryside.rebuild;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.deadletters.DeadLetter;
import dev.orderflow.platform.deadletters.LetterWork;
import dev.orderflow.queryside.projection.Feeds;
import dev.orderflow.queryside.projection.Projection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes events whose letters are sent on into the generation that serves and into the one that is
 * being built. In one that has not read as far yet they change nothing; it will come to them.
 */
@Component
class ProjectionLetters implements LetterWork {
  private final Map<String, Projection<?>> projections;
  private final Generations generations;
  private final TransactionTemplate transaction;

  ProjectionLetters(
      List<Projection<?>> projections, Generations generations, TransactionTemplate transaction) {
    this.projections =
        projections.stream().collect(toUnmodifiableMap(Projection::name, Function.identity()));
    this.generations = generations;
    this.transaction = transaction;
  }

  @Override
  public Set<String> sources() {
    return projections.keySet();
  }

  @Override
  public void workOn(DeadLetter letter, SequencedEvent event, BooleanSupplier takeOut) {
    transaction.executeWithoutResult(_ -> {
      if (takeOut.getAsBoolean()) {
        take(letter.source(), List.of(event));
      }
    });
  }

  private void take(String name, List<SequencedEvent> events) {
    var projection = Objects.requireNonNull(projections.get(name), name);
    var building = generations.held(name).building();
    Feeds.takeAndTell(projection, events);
    if (building != null) {
      var _ = projection.take(Generations.tables(building.generation()), events);
    }
  }
}

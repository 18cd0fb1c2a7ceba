package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.ordering.OrderLine;
import dev.orderflow.api.rejection.Rejection.PriceChanged.Change;
import java.util.List;

/**
 * The admission check: turns stale prices away before they reach the writer. It may know less than
 * the writer, so it names only what it is certain of, and nothing when it cannot answer.
 */
public interface PriceCheck {
  /** The lines whose price is known to have changed. */
  List<Change> changes(List<OrderLine> lines);
}

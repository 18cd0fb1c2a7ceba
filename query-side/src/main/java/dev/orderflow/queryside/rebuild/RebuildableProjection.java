package dev.orderflow.queryside.rebuild;

import dev.orderflow.platform.consumption.Projection;
import dev.orderflow.platform.consumption.SequencedEvent;
import java.util.List;
import java.util.SortedMap;

/** A projection into one table, which can be built a second time beside the table that serves. */
public interface RebuildableProjection extends Projection {
  /** The table that serves. */
  String table();

  /** The column with the key of a row. */
  String keyColumn();

  /** The column with the number of events that a row has taken in. */
  String versionColumn();

  /** For each aggregate that a row is built from, the column with the last sequence taken in. */
  List<String> sequenceColumns();

  /**
   * Takes events into a table that nobody reads, in the transaction that moves its position.
   *
   * @param table with the columns of {@link #table}
   */
  void build(String table, List<SequencedEvent> events);

  /**
   * Tells whoever reads or keeps rows that they have these versions when the transaction commits.
   */
  void announce(SortedMap<String, Long> versions);
}

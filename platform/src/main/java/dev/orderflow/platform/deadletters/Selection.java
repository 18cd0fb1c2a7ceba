package dev.orderflow.platform.deadletters;

import dev.orderflow.platform.deadletters.DeadLetter.State;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Selects letters; what is null does not narrow it. Its text form is a part of page tokens.
 *
 * @param cause a part of their causes
 * @param state null for those that are not at their end
 */
record Selection(
    @Nullable Long id,
    @Nullable String source,
    @Nullable String cause,
    @Nullable String orderId,
    @Nullable State state) {
  /** What holds for the rows of the letters that are selected; {@link #bind} gives the values. */
  static final String CONDITION =
      """
       content IS NOT NULL
      AND (CAST(:id AS bigint) IS NULL OR id = :id)
      AND (CAST(:source AS text) IS NULL OR source = :source)
      AND (CAST(:cause AS text) IS NULL OR strpos(cause, :cause) > 0)
      AND (CAST(:orderId AS text) IS NULL OR order_id = :orderId)
      AND (CAST(:state AS text) IS NOT NULL OR CAST(:id AS bigint) IS NOT NULL OR ended IS NULL)
      AND (CAST(:state AS text) IS NULL OR state = :state)\
      """;

  static Selection of(long id) {
    return new Selection(id, null, null, null, null);
  }

  /** Gives a statement that has the condition its values. */
  StatementSpec bind(StatementSpec statement) {
    return statement
        .param("id", id)
        .param("source", source)
        .param("cause", cause)
        .param("orderId", orderId)
        .param("state", state == null ? null : state.name());
  }
}

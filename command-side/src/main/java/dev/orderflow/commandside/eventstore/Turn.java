package dev.orderflow.commandside.eventstore;

import dev.orderflow.api.catalog.CatalogCommand;

/**
 * How a command shares its streams with commands of other instances.
 *
 * <p>First attempts share them and race: whoever appends first wins, which costs nothing while
 * races are rare. A command that keeps losing has its streams to itself. So has every command that
 * changes a product: orders that were decided on its price before are committed before it, and
 * those that are decided after it see the change.
 */
enum Turn {
  SHARED("pg_advisory_xact_lock_shared"),
  EXCLUSIVE("pg_advisory_xact_lock");

  /** Under which a command message carries its turn. */
  static final String KEY = "orderflow.turn";

  private static final int SHARED_ATTEMPTS = 2;

  private final String lockFunction;

  Turn(String lockFunction) {
    this.lockFunction = lockFunction;
  }

  /**
   * The turn that a command takes.
   *
   * @param attempt from 1
   */
  static Turn of(Object command, int attempt) {
    return command instanceof CatalogCommand || attempt > SHARED_ATTEMPTS ? EXCLUSIVE : SHARED;
  }

  /** PostgreSQL's function that takes a lock until the transaction ends. */
  String lockFunction() {
    return lockFunction;
  }
}

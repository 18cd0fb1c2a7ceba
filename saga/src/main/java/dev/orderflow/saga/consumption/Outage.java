package dev.orderflow.saga.consumption;

import java.sql.SQLException;
import org.springframework.transaction.TransactionException;

/** Tells whether work failed because of the database, or because of what was worked on. */
final class Outage {
  /** The class of SQL states that blame a value; ISO/IEC 9075-2, "data exception". */
  private static final String DATA_EXCEPTION = "22";

  private Outage() {}

  /** Whether the same work may succeed later, when the database is well. */
  static boolean caused(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case SQLException e -> {
          return e.getSQLState() == null || !e.getSQLState().startsWith(DATA_EXCEPTION);
        }
        case TransactionException _, InterruptedException _ -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }
}

package dev.orderflow.platform.consumption;

import java.sql.SQLException;
import java.util.Set;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.TransactionException;

/** Tells whether work failed because of a server or the network, or because of its own data. */
public final class TransientFailure {
  /**
   * The classes of SQL states that blame a value: data exception and integrity constraint violation
   * (ISO/IEC 9075-2), program limit exceeded (PostgreSQL).
   */
  private static final Set<String> BLAME_A_VALUE = Set.of("22", "23", "54");

  private TransientFailure() {}

  /** Whether the same work may succeed later, when all is well. */
  public static boolean caused(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case SQLException e -> {
          var state = e.getSQLState();
          return state == null
              || state.length() < 2
              || !BLAME_A_VALUE.contains(state.substring(0, 2));
        }
        case TransactionException _,
            InterruptedException _,
            OptimisticLockingFailureException _ -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }
}

package dev.orderflow.saga.tasks;

import dev.orderflow.platform.consumption.TransientFailure;
import dev.orderflow.saga.commandside.CommandRefusal;
import org.springframework.dao.DataAccessException;

/** Tells what fails by itself from what its surroundings make fail, where the work did not say. */
public final class Judgement {
  private Judgement() {}

  /**
   * The failure as those have to take it who try again. A bug, here or at the command side, is met
   * by the same work every time, while all other work goes on.
   */
  public static Throwable of(Throwable failure) {
    return switch (failure) {
      case Throwable answer when CommandRefusal.isFault(answer) ->
          new OwnFailureException("The command side fails on it: " + answer.getMessage());
      case DataAccessException data when TransientFailure.caused(data) -> data;
      case DataAccessException _,
          NullPointerException _,
          IllegalArgumentException _,
          ClassCastException _,
          IndexOutOfBoundsException _,
          UnsupportedOperationException _ ->
          new OwnFailureException("The work on it failed: " + failure.getClass().getName());
      default -> failure;
    };
  }
}

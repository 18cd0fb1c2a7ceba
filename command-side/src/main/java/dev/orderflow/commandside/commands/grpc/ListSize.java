package dev.orderflow.commandside.commands.grpc;

import dev.orderflow.platform.error.RequestCheck;

/** How many things one call may ask for. */
public final class ListSize {
  private static final int MOST = 500;

  private ListSize() {}

  /**
   * Refuses a list that is too long.
   *
   * @throws dev.orderflow.platform.error.InvalidRequestException names the field
   */
  public static void require(String field, int size) {
    var check = new RequestCheck();
    if (size > MOST) {
      check.violated(field, "must be at most " + MOST);
    }
    check.orThrow(() -> size);
  }
}

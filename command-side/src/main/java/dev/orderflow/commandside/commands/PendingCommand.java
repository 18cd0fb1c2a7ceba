package dev.orderflow.commandside.commands;

import io.grpc.Context;
import java.util.concurrent.CompletableFuture;

/**
 * A command that is to be decided.
 *
 * @param call in which it came; a call that has ended waits for no answer
 * @param answer completed when it is decided and committed, or when its caller has given up
 */
record PendingCommand(
    Object command,
    CommandHandler<Object> handler,
    Context call,
    CompletableFuture<Object> answer) {
  /** Work that nobody waits for is not begun: the caller may be asking again already. */
  boolean isAwaited() {
    return !answer.isDone() && !call.isCancelled();
  }
}

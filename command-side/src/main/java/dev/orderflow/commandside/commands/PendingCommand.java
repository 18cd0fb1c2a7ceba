package dev.orderflow.commandside.commands;

import dev.orderflow.platform.tracing.Traces.OpenSpan;
import io.grpc.Context;
import java.util.concurrent.CompletableFuture;

/**
 * A command that is to be decided.
 *
 * @param call that it came with; when the call has ended, no answer is needed
 * @param span to which its work belongs
 * @param answer completed when it is decided and committed, or when its caller has given up
 */
record PendingCommand(
    Object command,
    CommandHandler<Object> handler,
    Context call,
    OpenSpan span,
    CompletableFuture<Object> answer) {
  /**
   * False when the caller has given up: it may be asking again already, so the work is not begun.
   */
  boolean isAwaited() {
    return !answer.isDone() && !call.isCancelled();
  }
}

package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retries a failed task for ever: soon at first, then ever more slowly. A command that was refused
 * will hardly succeed by itself; it is repeated at the longest interval and reported as an error.
 */
final class RetryPolicy {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);
  private static final int MAX_DOUBLINGS = 16;

  private static final Logger LOG = LoggerFactory.getLogger(RetryPolicy.class);

  private final RandomGenerator random;

  RetryPolicy(RandomGenerator random) {
    this.random = random;
  }

  void retryLater(ExecutionComplete failed, ExecutionOperations<?> task) {
    var execution = failed.getExecution();
    var attempt = execution.consecutiveFailures + 1;
    var cause = failed.getCause().orElse(null);
    var name = execution.taskInstance.getTaskName() + "/" + execution.taskInstance.getId();
    var delay = delay(attempt, cause);
    if (isRefusal(cause)) {
      LOG.error("{} was refused, attempt {}: {}", name, attempt, text(cause));
    } else {
      LOG.warn(
          "{} failed, attempt {}, next in {} ms: {}", name, attempt, delay.toMillis(), text(cause));
    }
    task.reschedule(failed, failed.getTimeDone().plus(delay));
  }

  /** Doubles with every attempt; up to half of it is left to chance, so that retries spread. */
  Duration delay(int attempt, @Nullable Throwable cause) {
    var doubled = FIRST.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
    var full =
        isRefusal(cause) ? AFTER_REFUSAL : doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return Duration.ofMillis(random.nextLong(full.toMillis() / 2, full.toMillis() + 1));
  }

  private static boolean isRefusal(@Nullable Throwable cause) {
    return cause instanceof StatusRuntimeException answer
        && switch (answer.getStatus().getCode()) {
          case INVALID_ARGUMENT, NOT_FOUND, FAILED_PRECONDITION, PERMISSION_DENIED -> true;
          default -> false;
        };
  }

  private static String text(@Nullable Throwable cause) {
    return cause == null ? "its instance died" : cause.toString();
  }
}

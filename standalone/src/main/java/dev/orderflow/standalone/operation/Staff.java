package dev.orderflow.standalone.operation;

import dev.orderflow.standalone.frontdoor.FrontDoor;
import dev.orderflow.standalone.frontdoor.FrontDoor.Answer;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Somebody of the staff at the front door, who asks again while the platform cannot answer: an
 * instance may just be started again.
 */
public final class Staff {
  private static final String NAME = "admin";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int OK = 200;
  private static final int UNAUTHENTICATED = 401;

  private final FrontDoor door;
  private @Nullable String token;

  /** At a door; signs in when something is asked. */
  public Staff(FrontDoor door) {
    this.door = door;
  }

  private interface Request {
    Answer with(String token) throws IOException, InterruptedException;
  }

  /** What is there. */
  JsonNode get(String path) throws InterruptedException {
    return persistently(path, bearer -> door.get(path, bearer)).body();
  }

  /** Has something begun. */
  void post(String path) throws InterruptedException {
    var _ = persistently(path, bearer -> door.post(path, bearer, ""));
  }

  /** Waits a moment before looking again. */
  static void pause() throws InterruptedException {
    Thread.sleep(PAUSE);
  }

  private Answer persistently(String path, Request request) throws InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var problem = "no answer";
      try {
        var answer = request.with(token());
        if (answer.status() >= OK && answer.status() < 300) {
          return answer;
        }
        problem = answer.status() + " " + answer.body();
        if (answer.status() == UNAUTHENTICATED) {
          token = null;
        } else if (!answer.isTemporary()) {
          throw new NotDoneException("%s was refused: %s".formatted(path, problem));
        }
      } catch (IOException noAnswer) {
        problem = noAnswer.toString();
      }
      if (System.nanoTime() > deadline) {
        throw new NotDoneException(
            "%s was not answered within %d s: %s".formatted(path, PATIENCE.toSeconds(), problem));
      }
      pause();
    }
  }

  private String token() throws IOException, InterruptedException {
    var known = token;
    if (known == null) {
      var answer = door.token(NAME, NAME);
      if (answer.status() != OK) {
        throw new IOException("The gateway issues no token: " + answer.status());
      }
      known = answer.body().path("access_token").asString("");
      token = known;
    }
    return known;
  }
}

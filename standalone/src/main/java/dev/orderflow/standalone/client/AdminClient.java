package dev.orderflow.standalone.client;

import dev.orderflow.standalone.client.GatewayClient.Answer;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The platform as its staff see it. Waits for services that are away for the moment. */
public final class AdminClient {
  private static final String STAFF = "admin";
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int UNAUTHENTICATED = 401;

  private final GatewayClient gateway;
  private final Duration retryAfter;
  private final Duration patience;
  private @Nullable String token;

  /**
   * @param retryAfter the pause between attempts
   * @param patience how long there may be no answer at all; a platform that says that it is busy is
   *     waited for without a limit
   */
  public AdminClient(GatewayClient gateway, Duration retryAfter, Duration patience) {
    this.gateway = gateway;
    this.retryAfter = retryAfter;
    this.patience = patience;
  }

  /**
   * Reads.
   *
   * @throws StartFailedException when the answer is an error that waiting does not mend
   */
  public JsonNode get(String path) throws InterruptedException {
    return require(path, OK, insist(bearer -> gateway.get(path, bearer)));
  }

  /**
   * Asks for a work.
   *
   * @throws StartFailedException when the answer is an error that waiting does not mend
   */
  public void post(String path) throws InterruptedException {
    require(path, ACCEPTED, insist(bearer -> gateway.post(path, bearer, Map.of())));
  }

  private interface Call {
    Answer as(String bearer) throws IOException, InterruptedException;
  }

  private Answer insist(Call call) throws InterruptedException {
    var answeredAt = System.nanoTime();
    for (; ; ) {
      try {
        var answer = attempt(call);
        if (!answer.isTemporary() && answer.status() != UNAUTHENTICATED) {
          return answer;
        }
        if (answer.isTemporary()) {
          answeredAt = System.nanoTime();
        }
        token = null;
      } catch (IOException restarting) {
        token = null;
      }
      if (System.nanoTime() - answeredAt > patience.toNanos()) {
        throw new StartFailedException(
            "The platform has not answered for %d s; look whether it runs, and try again."
                .formatted(patience.toSeconds()));
      }
      Thread.sleep(retryAfter);
    }
  }

  private Answer attempt(Call call) throws IOException, InterruptedException {
    var bearer = token;
    if (bearer == null) {
      var issued = gateway.token(STAFF, STAFF);
      if (issued.status() != OK) {
        return issued;
      }
      bearer = issued.body().path("access_token").asString("");
      token = bearer;
    }
    return call.as(bearer);
  }

  private static JsonNode require(String path, int status, Answer answer) {
    if (answer.status() != status) {
      throw new StartFailedException(
          "%s was answered with %d: %s"
              .formatted(
                  path, answer.status(), answer.body().path("detail").asString("no reason")));
    }
    return answer.body();
  }
}

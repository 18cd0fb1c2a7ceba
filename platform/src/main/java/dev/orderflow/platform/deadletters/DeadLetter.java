package dev.orderflow.platform.deadletters;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import dev.orderflow.platform.consumption.PermanentFailure;
import dev.orderflow.platform.serialization.EventJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that cannot proceed, or could not.
 *
 * @param id grows in the order in which letters were kept
 * @param source who could not proceed
 * @param queue what waits behind it, and it behind what came before; null when nothing does
 * @param orderId whose order is held up; null when none is
 * @param cause in words; holds nothing of the content
 * @param attempts how often it was tried; 0 when it only follows another letter
 * @param since when it was kept
 * @param history what has happened since, the latest of it
 */
public record DeadLetter(
    long id,
    String source,
    @Nullable String queue,
    @Nullable String orderId,
    Content content,
    PermanentFailure refusal,
    String cause,
    int attempts,
    Instant since,
    State state,
    List<Happening> history) {
  private static final int LONGEST_CAUSE = 1_000;

  /** How it stands. */
  public enum State {
    /** For staff, or for the letter before it. */
    WAITING,
    /** It is sent on, as soon as it is its turn. */
    RETRYING,
    /** It was sent on and failed again, and waits. */
    FAILED,
    /** It was sent on and is done. */
    DONE,
    /** Staff have discarded it. */
    DISCARDED;

    /** Whether something is left to do. */
    boolean isOpen() {
      return switch (this) {
        case WAITING, RETRYING, FAILED -> true;
        case DONE, DISCARDED -> false;
      };
    }
  }

  /** What has happened to a letter. */
  @Schema(name = "LetterHappening")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Happening(
      @Meaning("When it was.") Instant at,
      @Meaning("The user id of staff, or the service.") String by,
      @Meaning("RETRIED, DISCARDED, DONE or FAILED.") What what,
      @Meaning("The reason of staff, or why it failed.") @Nullable String detail) {
    /** The kinds of it. */
    public enum What {
      RETRIED,
      DISCARDED,
      DONE,
      FAILED
    }
  }

  /** The letter in a row of the table. */
  static DeadLetter of(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getLong("id"),
        row.getString("source"),
        row.getString("queue"),
        row.getString("order_id"),
        EventJson.read(row.getString("content"), Content.class),
        PermanentFailure.valueOf(row.getString("refusal")),
        row.getString("cause"),
        row.getInt("attempts"),
        row.getObject("since", OffsetDateTime.class).toInstant(),
        State.valueOf(row.getString("state")),
        List.of(EventJson.read(row.getString("history"), Happening[].class)));
  }

  /** A cause that is no longer than it may be. */
  static String cut(String cause) {
    return cause.substring(0, Math.min(cause.length(), LONGEST_CAUSE));
  }

  /** The cause without the name of what failed: many letters may share it. */
  String kindOfCause() {
    var name = content.identity() + " ";
    return cause.startsWith(name) ? cause.substring(name.length()) : cause;
  }
}

package dev.orderflow.platform.staff;

import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.paging.PageToken;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.platform.security.Scope;
import dev.orderflow.platform.staff.StaffAction.Place;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What staff have done in this service, in its table {@code staff_action}. */
final class StaffActions {
  private static final Logger LOG = LoggerFactory.getLogger(StaffActions.class);
  private static final int LONGEST_PATH = 300;

  private final JdbcClient jdbc;
  private final String service;
  private final Duration keep;
  private final Clock clock;

  StaffActions(JdbcClient jdbc, String service, Duration keep, Clock clock) {
    this.jdbc = jdbc;
    this.service = service;
    this.keep = keep;
    this.clock = clock;
  }

  /** The caller of this thread, if it is staff. */
  static Optional<Caller> staff() {
    return Caller.ifKnown().filter(caller -> caller.has(Scope.STAFF));
  }

  /**
   * Keeps what was done, and forgets what is old. When it cannot be kept, it is done all the same,
   * and the log has it.
   */
  void add(Caller caller, String method, String path, int status) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    try {
      jdbc.sql(
              """
              WITH forgotten AS (DELETE FROM staff_action WHERE at < ?)
              INSERT INTO staff_action (id, at, user_id, method, path, status)
              VALUES (?, ?, ?, ?, ?, ?)\
              """)
          .params(
              time(now.minus(keep)),
              UUID.randomUUID(),
              time(now),
              caller.userId().value(),
              method,
              path.substring(0, Math.min(path.length(), LONGEST_PATH)),
              status)
          .update();
    } catch (DataAccessException e) {
      LOG.error(
          "What staff have done cannot be kept: {} {} {} by {}",
          method,
          path,
          status,
          caller.userId().value(),
          e);
    }
  }

  /** A page, the newest first. */
  Page<StaffAction> newest(PageRequest request) {
    var last = PageToken.read(request, Place::read);
    var before = last == null ? new Place(Instant.MAX, new UUID(-1, -1)) : last;
    var found =
        jdbc.sql(
                """
                SELECT id, at, user_id, method, path, status FROM staff_action
                WHERE (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?\
                """)
            .params(time(before.at()), before.id(), request.size() + 1)
            .query((row, _) ->
                new StaffAction(
                    row.getObject("id", UUID.class),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("user_id"),
                    service,
                    row.getString("method"),
                    row.getString("path"),
                    row.getInt("status")))
            .list();
    return Page.of(found, request, action -> action.place().toString());
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.equals(Instant.MAX)
        ? OffsetDateTime.MAX
        : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}

package dev.orderflow.platform.staff;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * A call of staff's that was to change something.
 *
 * @param userId the subject of the token
 * @param service that was called
 * @param method of HTTP, or {@value #GRPC}
 * @param path without its query; the full name of the method of gRPC
 * @param status of HTTP, or what corresponds to that of gRPC
 */
@Schema(name = "StaffAction")
public record StaffAction(
    UUID id, Instant at, String userId, String service, String method, String path, int status) {
  /** The method of a call that did not come over HTTP. */
  static final String GRPC = "gRPC";

  /** PostgreSQL orders ids by their bytes, as their texts are ordered. */
  private static final Comparator<StaffAction> NEWEST_FIRST =
      Comparator.comparing(StaffAction::at)
          .thenComparing(action -> action.id().toString())
          .reversed();

  static Comparator<StaffAction> newestFirst() {
    return NEWEST_FIRST;
  }

  /** Where it stands in the list of all. */
  Place place() {
    return new Place(at, id);
  }

  /** A place in a list. */
  record Place(Instant at, UUID id) {
    static Place read(String text) {
      var parts = text.split(" ", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException("no place");
      }
      return new Place(Instant.parse(parts[0]), UUID.fromString(parts[1]));
    }

    @Override
    public String toString() {
      return at + " " + id;
    }
  }
}

package dev.orderflow.platform.staff;

import dev.orderflow.api.Meaning;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/** A call of staff's that was to change something. */
@Schema(name = "StaffAction")
public record StaffAction(
    @Meaning("Names the action.") UUID id,
    @Meaning("When it was done.") Instant at,
    @Meaning("Who did it: the subject of the token.") String userId,
    @Meaning("The service that was called.") String service,
    @Meaning("Of HTTP; gRPC for a call that came over that.") String method,
    @Meaning("Without a query; of gRPC, the full name of the method.") String path,
    @Meaning(value = "The HTTP status; of gRPC, the one that corresponds to the code.", min = 100)
        int status) {
  /** The method of a call that did not come over HTTP. */
  static final String GRPC = "gRPC";

  /** PostgreSQL orders ids by their bytes, as their texts are ordered. */
  static final Comparator<StaffAction> NEWEST_FIRST =
      Comparator.comparing(StaffAction::at)
          .thenComparing(action -> action.id().toString())
          .reversed();

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

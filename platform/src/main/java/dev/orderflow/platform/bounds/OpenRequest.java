package dev.orderflow.platform.bounds;

import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.security.Account;
import dev.orderflow.platform.security.Caller;
import jakarta.servlet.ServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a request that is worked on holds. It has all of it until its answer is written. */
public final class OpenRequest implements AutoCloseable {
  private static final String ATTRIBUTE = OpenRequest.class.getName();

  private final String caller;
  private final Map<Bound, Long> held = new LinkedHashMap<>();
  private @Nullable Bound place;
  private boolean closed;

  private OpenRequest(String caller) {
    this.caller = caller;
  }

  /** Holds nothing yet; its caller is the token's subject, or the address without a token. */
  static OpenRequest begin(ServletRequest request) {
    var open =
        new OpenRequest(
            Caller.ifKnown()
                .map(Account::of)
                .orElseGet(() -> Account.ofAddress(request.getRemoteAddr()))
                .name());
    request.setAttribute(ATTRIBUTE, open);
    return open;
  }

  /** What this request holds. */
  public static OpenRequest of(ServletRequest request) {
    return (OpenRequest) Objects.requireNonNull(request.getAttribute(ATTRIBUTE), ATTRIBUTE);
  }

  /**
   * Takes an amount on top of what it has, on any thread.
   *
   * @throws OverloadedException when the caller would hold too much
   * @throws UnavailableException when all callers together would, or the request is over
   */
  public synchronized void take(Bound bound, long amount) {
    if (closed) {
      throw new UnavailableException("The request is over.", null);
    }
    bound.take(caller, amount);
    held.merge(bound, amount, Long::sum);
  }

  /**
   * Has its place among these from now on, and no longer where it had it before.
   *
   * @throws OverloadedException when the caller has too many places there
   * @throws UnavailableException when all callers together have
   */
  public synchronized void enter(Bound bound) {
    take(bound, 1);
    if (place != null) {
      held.remove(place);
      place.giveBack(caller, 1);
    }
    place = bound;
  }

  @Override
  public synchronized void close() {
    closed = true;
    held.forEach((bound, amount) -> bound.giveBack(caller, amount));
    held.clear();
  }
}

package dev.orderflow.saga.payment;

import com.google.common.base.Suppliers;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the simulated provider behaves at present, the same on all instances. */
@Component
@ConditionalOnBooleanProperty("orderflow.demo.enabled")
final class ProviderModes {
  /** How long at most an instance goes on as before: what is read counts for so long. */
  static final Duration FOLLOWED_WITHIN = Duration.ofMillis(250);

  private final JdbcClient jdbc;
  private final Supplier<ProviderMode> remembered;

  ProviderModes(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.remembered = Suppliers.memoizeWithExpiration(this::stored, FOLLOWED_WITHIN);
  }

  /** As of a moment ago. */
  ProviderMode current() {
    return remembered.get();
  }

  /** As of now. */
  ProviderMode stored() {
    return ProviderMode.valueOf(
        jdbc.sql("SELECT mode FROM simulated_provider").query(String.class).single());
  }

  /** Has all instances follow within {@link #FOLLOWED_WITHIN}. */
  void store(ProviderMode mode) {
    jdbc.sql("UPDATE simulated_provider SET mode = ?").param(mode.name()).update();
  }
}

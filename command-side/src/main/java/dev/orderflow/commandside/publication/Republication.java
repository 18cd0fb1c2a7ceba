package dev.orderflow.commandside.publication;

import org.axonframework.common.transaction.TransactionManager;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Has everything published again, whichever instance it is that publishes. */
final class Republication {
  /** Is no instance, and so does not extend its claim. */
  private static final String NOBODY = "republication";

  private final PublishedTopics topics;
  private final JdbcClient jdbc;
  private final TransactionManager transactions;

  Republication(PublishedTopics topics, JdbcClient jdbc, TransactionManager transactions) {
    this.topics = topics;
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * Begins with the first event again. Whoever publishes loses its claim, so that it soon looks at
   * the topics, or another instance does.
   */
  void begin() {
    transactions.executeInTransaction(() -> {
      topics.forget();
      jdbc.sql("UPDATE publication_token SET owner = ? WHERE processor_name = ?")
          .params(NOBODY, Publication.NAME)
          .update();
    });
  }
}

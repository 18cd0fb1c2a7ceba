package dev.orderflow.saga.testing;

import dev.orderflow.platform.testing.TestPostgres;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of the service's, without the service. */
public final class SagaDatabase {
  private final DataSource dataSource = TestPostgres.newDatabase().dataSource();

  /** With the newest schema. */
  public SagaDatabase() {
    Flyway.configure().dataSource(dataSource).load().migrate();
  }

  /** Statements to it. */
  public JdbcClient jdbc() {
    return JdbcClient.create(dataSource);
  }

  /** Transactions on it. */
  public TransactionTemplate transaction() {
    return new TransactionTemplate(new DataSourceTransactionManager(dataSource));
  }
}

package dev.orderflow.queryside.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.queryside.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class LongTransactionIT {
  @Test
  void only_its_statements_may_take_longer_than_those_that_serve_callers() {
    var server = new TestDatabase();
    try (var database = new HikariDataSource()) {
      database.setJdbcUrl(server.url());
      database.setUsername(server.role());
      database.setMaximumPoolSize(1);
      database.addDataSourceProperty("socketTimeout", "1");
      var jdbc = new JdbcTemplate(database);
      var longer =
          new LongTransaction(jdbc, new TransactionTemplate(new JdbcTransactionManager(database)));

      assertThat(longer.run(() -> jdbc.queryForList("SELECT pg_sleep(2)"))).hasSize(1);
      assertThatThrownBy(() -> jdbc.queryForList("SELECT pg_sleep(2)"))
          .isInstanceOf(DataAccessException.class);
    }
  }
}

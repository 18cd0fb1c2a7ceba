package dev.orderflow.queryside.paging;

import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Asks for pages of selections. Which index is the right one depends on what is selected: few
 * orders have one product, most have another. So each query is planned for its own values, and not
 * once for all, as the driver has it done from the fifth time on.
 */
@Component
public final class PageQueries {
  private final JdbcClient jdbc;

  /** On the database of the views. */
  public PageQueries(DataSource dataSource) {
    this.jdbc = JdbcClient.create(new UnpreparedStatements(dataSource));
  }

  /** A query with its parameters still to come. */
  public JdbcClient.StatementSpec sql(String sql) {
    return jdbc.sql(sql);
  }

  private static final class UnpreparedStatements extends JdbcTemplate {
    UnpreparedStatements(DataSource dataSource) {
      super(dataSource);
    }

    @Override
    protected void applyStatementSettings(Statement statement) throws SQLException {
      super.applyStatementSettings(statement);
      statement.unwrap(PGStatement.class).setPrepareThreshold(0);
    }
  }
}

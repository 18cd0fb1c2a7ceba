package dev.orderflow.queryside.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Notes the statements that are prepared on its connections; each is run once. */
public final class CountedStatements extends DelegatingDataSource {
  private final List<String> statements = new ArrayList<>();

  public CountedStatements(DataSource dataSource) {
    super(dataSource);
  }

  /** Those since the last call. */
  public List<String> taken() {
    var taken = List.copyOf(statements);
    statements.clear();
    return taken;
  }

  @Override
  public Connection getConnection() throws SQLException {
    var connection = super.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                statements.add((String) arguments[0]);
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}

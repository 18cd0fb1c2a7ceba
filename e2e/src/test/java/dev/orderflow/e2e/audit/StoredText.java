package dev.orderflow.e2e.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.e2e.platform.Cluster;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Looks for a text in everything that PostgreSQL and Redis keep. */
public final class StoredText {
  private static final String TABLES =
      """
      SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
      """;

  private final Cluster cluster;
  private final String text;

  public StoredText(Cluster cluster, String text) {
    this.cluster = cluster;
    this.text = text;
  }

  /** The tables that hold it, with their schemas; bytes are looked into as well. */
  public List<String> tables() {
    var database = cluster.postgres();
    try (var connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        var names = connection.createStatement().executeQuery(TABLES)) {
      var tables = new ArrayList<String>();
      while (names.next()) {
        if (isIn(connection, names.getString(1))) {
          tables.add(names.getString(1));
        }
      }
      return tables;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private boolean isIn(Connection connection, String table) throws SQLException {
    var rows = "SELECT EXISTS (SELECT FROM " + table + " AS t WHERE t::text LIKE ANY (?))";
    try (var query = connection.prepareStatement(rows)) {
      var hex = HexFormat.of().formatHex(text.getBytes(UTF_8));
      query.setArray(
          1, connection.createArrayOf("text", new String[] {"%" + text + "%", "%" + hex + "%"}));
      try (var answer = query.executeQuery()) {
        answer.next();
        return answer.getBoolean(1);
      }
    }
  }

  /** The keys of Redis that hold it, or have it in their names. */
  public List<String> keys() {
    var redis = cluster.redis();
    try (var client = RedisClient.create(RedisURI.create(redis.host(), redis.port()));
        var connection = client.connect(ByteArrayCodec.INSTANCE)) {
      var commands = connection.sync();
      commands.configSet("rdbcompression", "no"); // so that dumped values can be looked into
      return commands.keys("*").stream()
          .filter(key -> isIn(key) || isIn(commands.dump(key)))
          .map(key -> new String(key, UTF_8))
          .toList();
    }
  }

  private boolean isIn(byte[] bytes) {
    return bytes != null && new String(bytes, UTF_8).contains(text);
  }
}

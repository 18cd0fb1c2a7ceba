package dev.orderflow.commandside.audit;

import java.io.PrintStream;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Checks the rules over an event store, while services use it. It takes the settings of the command
 * side: {@code SPRING_DATASOURCE_URL}, {@code SPRING_DATASOURCE_USERNAME} and {@code
 * SPRING_DATASOURCE_PASSWORD}. It only reads.
 */
public final class AuditProgram {
  private static final int HOLDS = 0;
  private static final int BROKEN = 1;
  private static final int NOT_DONE = 2;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final boolean isTerminal;

  AuditProgram(Map<String, String> environment, PrintStream out, boolean isTerminal) {
    this.environment = environment;
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /** Exit codes: 0 all rules hold, 1 one is broken, 2 the audit could not be done. */
  @SuppressWarnings("SystemConsoleNull") // It is null where there is no terminal.
  public static void main(String[] arguments) {
    var console = System.console();
    var isTerminal = console != null && console.isTerminal();
    System.exit(new AuditProgram(System.getenv(), System.out, isTerminal).run());
  }

  int run() {
    var url = environment.get("SPRING_DATASOURCE_URL");
    if (url == null) {
      out.println("SPRING_DATASOURCE_URL is not set; it says where the event store is.");
      return NOT_DONE;
    }
    var findings = new Findings();
    try (var connection = DriverManager.getConnection(url, credentials())) {
      var audit = new EventStoreAudit(connection);
      var report = new AuditReport(out);
      var events = audit.begin();
      var progress = new ProgressLine(out, isTerminal);
      for (var walk : Walk.values()) {
        audit.walk(walk, findings, progress);
      }
      progress.end();
      report.print(events, findings);
      return findings.broken().isEmpty() ? HOLDS : BROKEN;
    } catch (SQLException e) {
      out.printf("The event store could not be read to its end: %s%n", e.getMessage());
      new AuditReport(out).printBroken(findings);
      return findings.broken().isEmpty() ? NOT_DONE : BROKEN;
    }
  }

  private Properties credentials() {
    var properties = new Properties();
    put(properties, "user", environment.get("SPRING_DATASOURCE_USERNAME"));
    put(properties, "password", environment.get("SPRING_DATASOURCE_PASSWORD"));
    properties.put("ApplicationName", "orderflow-audit");
    return properties;
  }

  private static void put(Properties properties, String name, @Nullable String value) {
    if (value != null) {
      properties.put(name, value);
    }
  }
}

package dev.orderflow.commandside.audit;

import java.io.PrintStream;

/** Tells a person what was found. */
final class AuditReport {
  private final PrintStream out;

  AuditReport(PrintStream out) {
    this.out = out;
  }

  void print(long events, Findings findings) {
    out.printf("%,d events in the event store:%n", events);
    for (var rule : HistoryRule.values()) {
      var broken = findings.broken().get(rule);
      if (broken == null) {
        out.printf("  holds   %s%n", rule.sentence());
      } else {
        print(rule, broken);
      }
    }
    findings
        .underWay()
        .forEach((what, waiting) ->
            out.printf(
                "Under way: %s (%,d), the oldest since %s%n",
                what, waiting.count(), waiting.oldest()));
  }

  void printBroken(Findings findings) {
    findings.broken().forEach(this::print);
  }

  private void print(HistoryRule rule, Findings.Broken broken) {
    out.printf("  BROKEN  %s%n", rule.sentence());
    out.printf("          first by %s%n", broken.first());
    if (broken.times() > 1) {
      out.printf("          and %,d more%n", broken.times() - 1);
    }
  }
}

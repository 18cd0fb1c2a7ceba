package dev.orderflow.commandside.imports;

import com.google.common.collect.Lists;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.commands.CommandGateway;
import dev.orderflow.commandside.imports.ImportReport.Line;
import dev.orderflow.commandside.imports.ImportReport.Result;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.tracing.Traces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Has the lines of a file decided in lists, each on its own. A line that fails fails alone. */
@Component
public final class LineImport {
  /** Lines whose commands wait together, for as long as one command may wait. */
  private static final int AT_ONCE = 500;

  /**
   * The first lines of a file belong to the trace of its call; more would drive all others out of
   * where traces are kept.
   */
  private static final int LAST_FOLLOWED = 100;

  private final CommandGateway commands;
  private final Traces traces;

  LineImport(CommandGateway commands, Traces traces) {
    this.commands = commands;
    this.traces = traces;
  }

  /** What a line asks for. */
  public sealed interface Step {
    /**
     * Something is to be done.
     *
     * @param result by the answer to the command
     */
    record Send(Object command, Function<Object, Result> result) implements Step {}

    /** Nothing is to be done: it is so already. */
    record Nothing() implements Step {}
  }

  /** Tells what a line asks for. */
  @FunctionalInterface
  public interface Steps {
    /** Throws what is wrong with the line. */
    Step of(CsvLine line) throws Rejection;
  }

  private record Open(CsvLine line, Step.Send step) {}

  /** Processes a file. */
  public ImportReport run(CsvFile file, Steps steps) {
    return new ImportReport(
        Lists.partition(file.lines(), AT_ONCE).stream()
            .flatMap(lines -> together(lines, steps).stream())
            .toList());
  }

  private List<Line> together(List<CsvLine> lines, Steps steps) {
    var done = new HashMap<CsvLine, Line>();
    var open = new ArrayList<Open>();
    for (var line : lines) {
      try {
        switch (complete(line, steps)) {
          case Step.Send send -> open.add(new Open(line, send));
          case Step.Nothing() -> done.put(line, done(line, Result.UNCHANGED));
        }
      } catch (Rejection | RuntimeException e) {
        done.put(line, failed(line, e));
      }
    }
    var trace = traces.current();
    var outcomes =
        commands.executeAll(
            open,
            one -> one.step().command(),
            one -> one.line().number() <= LAST_FOLLOWED ? trace : null,
            (one, answer) -> done(one.line(), one.step().result().apply(answer)),
            (one, failure) -> failed(one.line(), failure));
    for (var i = 0; i < outcomes.size(); i++) {
      done.put(open.get(i).line(), outcomes.get(i));
    }
    return lines.stream().map(line -> Objects.requireNonNull(done.get(line))).toList();
  }

  private static Step complete(CsvLine line, Steps steps) throws Rejection {
    if (!line.complete()) {
      throw new InvalidValueException(
          "line", "must have as many values as the first line has columns");
    }
    return steps.of(line);
  }

  private static Line done(CsvLine line, Result result) {
    return new Line(line.number(), line.get("productId"), result, null, null);
  }

  private static Line failed(CsvLine line, Exception e) {
    var failure = Failure.of(e);
    return new Line(
        line.number(), line.get("productId"), Result.FAILED, failure.code(), failure.detail());
  }
}

package dev.orderflow.commandside.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.platform.error.ErrorCode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of the lines of a file, in their order. */
public record ImportReport(List<Line> lines) {
  /** What became of a line. */
  public enum Result {
    /** It has made something. */
    CREATED,
    /** It has changed something. */
    CHANGED,
    /** It changed nothing: it was so already. */
    UNCHANGED,
    /** Its pieces are in stock now. */
    RECEIVED,
    /** It has done nothing; the code says why. */
    FAILED
  }

  /**
   * A line.
   *
   * @param line its number in the file, counted from 1; the first one is the header
   * @param productId as the line says it; null when it says none
   * @param code why it has failed; null when it has not
   * @param detail the same for a person
   */
  @Schema(name = "ImportedLine")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(
      long line,
      @Nullable String productId,
      Result result,
      @Nullable ErrorCode code,
      @Nullable String detail) {}
}

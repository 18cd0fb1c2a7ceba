package dev.orderflow.commandside.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import dev.orderflow.platform.error.ErrorCode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of the lines of a file, in their order. */
public record ImportReport(
    @Meaning("What became of each line of the file, in their order.") List<Line> lines) {
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
   * @param productId null when it says none
   * @param code why it has failed; null when it has not
   */
  @Schema(name = "ImportedLine")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(
      @Meaning(value = "Its number in the file; line 1 names the columns.", min = 1) long line,
      @Meaning("The product, as the line says it.") @Nullable String productId,
      @Meaning("CREATED, CHANGED, UNCHANGED, RECEIVED; or FAILED: code and detail say why.")
          Result result,
      @Nullable ErrorCode code,
      @Meaning("What is wrong and what to do, for a person.") @Nullable String detail) {}
}

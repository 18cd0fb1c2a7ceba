package dev.orderflow.gateway.traces;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.InvalidRequestException;
import dev.orderflow.platform.error.NotFoundException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes spans over OTLP/HTTP from the services on this machine; for others it is not there. */
@RestController
@ConditionalOnBooleanProperty("orderflow.gateway.traces.enabled")
final class SpanReceiver {
  /** Where OTLP/HTTP wants it (OTLP 1.9, "OTLP/HTTP Request"). */
  static final String PATH = "/v1/traces";

  private static final int MOST_BYTES = 1024 * 1024;
  private static final String PROTOBUF = "application/x-protobuf";

  private final LastTraces traces;

  SpanReceiver(LastTraces traces) {
    this.traces = traces;
  }

  @PostMapping(path = PATH, consumes = PROTOBUF, produces = PROTOBUF)
  byte[] take(HttpServletRequest request) throws IOException {
    if (!InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress()) {
      throw new NotFoundException(ErrorCode.NOT_FOUND, "There is nothing here.");
    }
    // By itself: what is read for a parameter has to be text.
    var spans = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (spans.length > MOST_BYTES) {
      throw new ErrorResponseException(HttpStatus.CONTENT_TOO_LARGE);
    }
    try {
      traces.add(Spans.of(ExportTraceServiceRequest.parseFrom(spans)));
    } catch (InvalidProtocolBufferException _) {
      throw new InvalidRequestException(
          ErrorCode.VALIDATION_FAILED,
          List.of(new FieldViolation("body", "must be an ExportTraceServiceRequest of OTLP")));
    }
    return ExportTraceServiceResponse.getDefaultInstance().toByteArray();
  }
}

package dev.orderflow.gateway.traces;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.FieldViolation;
import dev.orderflow.platform.error.InvalidRequestException;
import dev.orderflow.platform.error.NotFoundException;
import dev.orderflow.platform.error.UnavailableException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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

  /** Spans take up to seventy times as much memory as here: one request at a time is read. */
  private static final int MOST_BYTES = 512 * 1024;

  private static final int PATIENCE_SECONDS = 2;
  private static final String PROTOBUF = "application/x-protobuf";

  private final LastTraces traces;
  private final Semaphore turn = new Semaphore(1);

  SpanReceiver(LastTraces traces) {
    this.traces = traces;
  }

  @PostMapping(path = PATH, consumes = PROTOBUF, produces = PROTOBUF)
  byte[] take(HttpServletRequest request) throws IOException {
    if (!InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress()) {
      throw new NotFoundException(ErrorCode.NOT_FOUND, "There is nothing here.");
    }
    try {
      if (!turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new UnavailableException("Other spans are being taken; send them again.", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("The gateway stops.", e);
    }
    try {
      add(request.getInputStream());
    } finally {
      turn.release();
    }
    return ExportTraceServiceResponse.getDefaultInstance().toByteArray();
  }

  private void add(InputStream body) throws IOException {
    // By itself: what is read for a parameter has to be text.
    var spans = body.readNBytes(MOST_BYTES + 1);
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
  }
}

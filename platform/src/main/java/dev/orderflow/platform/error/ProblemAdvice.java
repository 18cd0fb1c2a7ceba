package dev.orderflow.platform.error;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

/** Answers every exception of a REST endpoint as a problem. */
@RestControllerAdvice
public final class ProblemAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  /** Whatever a controller, or Spring MVC before it, threw. */
  @ExceptionHandler(Throwable.class)
  ResponseEntity<ProblemDetail> answer(Throwable error, HttpServletRequest request) {
    var failure = failureOf(error);
    switch (failure.code()) {
      case INTERNAL ->
          LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), error);
      case UNAVAILABLE ->
          LOG.warn(
              "{} {} is unavailable: {}",
              request.getMethod(),
              request.getRequestURI(),
              error.toString());
      default -> {}
    }
    return Problems.answer(failure, request.getRequestURI());
  }

  private static Failure failureOf(Throwable error) {
    return switch (error) {
      case HttpMessageNotReadableException unreadable
          when unreadable.getCause() instanceof JacksonException mismatch
              && !mismatch.getPath().isEmpty() ->
          Failure.invalid(
              ErrorCode.VALIDATION_FAILED,
              List.of(new FieldViolation(pathOf(mismatch), "does not have the right type")));
      case HttpMessageNotReadableException _ ->
          body("must be JSON of the documented form: check the syntax and the type of each field");
      case HttpMediaTypeException _ -> body("must be application/json, and so must the answer");
      case MethodArgumentTypeMismatchException mismatch ->
          Failure.invalid(
              ErrorCode.VALIDATION_FAILED,
              List.of(new FieldViolation(mismatch.getName(), "does not have the right type")));
      case ErrorResponse response when response.getStatusCode().value() == 400 ->
          body("lacks a part that this call needs");
      case ErrorResponse response when response.getStatusCode().is4xxClientError() ->
          Failure.of(ErrorCode.NOT_FOUND, "There is no such resource or method here.");
      default -> Failure.of(error);
    };
  }

  /** Such as {@code items[0].quantity}. */
  private static String pathOf(JacksonException mismatch) {
    var path = new StringBuilder();
    for (var step : mismatch.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  private static Failure body(String message) {
    return Failure.invalid(
        ErrorCode.VALIDATION_FAILED, List.of(new FieldViolation("request", message)));
  }
}

package dev.orderflow.platform.error;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;

/** Answers every exception of a REST endpoint as a problem. */
@RestControllerAdvice
public final class ProblemAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  /**
   * Answers what a controller, or Spring MVC before it, threw.
   *
   * @return null when the client is gone, or when the answer has begun and cannot be replaced
   */
  @ExceptionHandler(Throwable.class)
  @Nullable ResponseEntity<ProblemDetail> answer(
      Throwable error, HttpServletRequest request, HttpServletResponse response) {
    if (isGone(error, response)) {
      LOG.debug("{} {}: the reader is gone", request.getMethod(), request.getRequestURI(), error);
      return null;
    }
    var failure = failureOf(error);
    switch (failure.code()) {
      case INTERNAL ->
          LOG.error(
              "{} {} failed because of a bug; its caller got INTERNAL",
              request.getMethod(),
              request.getRequestURI(),
              error);
      case UNAVAILABLE ->
          UnavailableLine.write(LOG, request.getMethod() + " " + request.getRequestURI(), error);
      default -> {}
    }
    if (response.isCommitted()) {
      BrokenResponses.breakOff(request, error);
      return null;
    }
    return withHeaders(error, Problems.answer(failure, request.getRequestURI()));
  }

  /** With what HTTP asks of some refusals: the methods that there are, the media types. */
  private static ResponseEntity<ProblemDetail> withHeaders(
      Throwable error, ResponseEntity<ProblemDetail> answer) {
    var headers = new HttpHeaders(answer.getHeaders());
    switch (error) {
      case HttpRequestMethodNotSupportedException refused ->
          headers.setAllow(AllowedMethods.withImplied(refused.getSupportedHttpMethods()));
      case ErrorResponse refused -> headers.addAll(refused.getHeaders());
      default -> {}
    }
    return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
  }

  /** Only of an answer that has begun: before, what is gone may be something that we ask. */
  private static boolean isGone(Throwable error, HttpServletResponse response) {
    return error instanceof AsyncRequestNotUsableException
        || (response.isCommitted()
            && DisconnectedClientHelper.isClientDisconnectedException(error));
  }

  private static Failure failureOf(Throwable error) {
    return switch (error) {
      case HttpMessageNotReadableException unreadable
          when unreadable.getCause() instanceof JacksonException mismatch
              && !mismatch.getPath().isEmpty() ->
          Failure.invalid(pathOf(mismatch), "does not have the right type");
      case HttpMessageNotReadableException unreadable
          when unreadable.getCause() instanceof IOException ->
          brokenOff();
      case BadRequestException _ -> brokenOff();
      case HttpMessageNotReadableException unreadable when unreadable.getCause() == null ->
          Failure.invalid("request", "must have a body that is not null");
      case HttpMessageNotReadableException _ ->
          Failure.invalid(
              "request",
              "must be JSON of the documented form: check the syntax and the type of each field");
      case HttpMediaTypeNotAcceptableException refused ->
          Failure.of(ErrorCode.NOT_ACCEPTABLE, "Accept " + firstOf(refused) + ".");
      case HttpMediaTypeException refused ->
          Failure.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send " + firstOf(refused) + ".");
      case RequestRejectedException _ ->
          Failure.invalid(
              "request", "must have headers and parameters of characters that can be shown");
      case MethodArgumentTypeMismatchException mismatch ->
          Failure.invalid(mismatch.getName(), "does not have the right type");
      case ErrorResponse response -> failureOf(response.getStatusCode(), error);
      default -> Failure.of(error);
    };
  }

  private static Failure brokenOff() {
    return Failure.invalid("request", "must arrive whole, soon and well-formed");
  }

  private static Failure failureOf(HttpStatusCode status, Throwable error) {
    return switch (status.value()) {
      case 400 -> Failure.invalid("request", "lacks a part that this call needs");
      case 404 -> Failure.of(ErrorCode.NOT_FOUND, "There is no such resource here.");
      case 405 -> Failure.of(ErrorCode.METHOD_NOT_ALLOWED, "Allow lists the methods there are.");
      case 412 -> Failure.of(ErrorCode.PRECONDITION_FAILED, "It is another version by now.");
      case 413 -> Failure.of(ErrorCode.CONTENT_TOO_LARGE, "Send a smaller body.");
      case 415 -> Failure.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send application/json, in UTF-8.");
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

  /** What a call answers with, or takes; mostly JSON. */
  private static MediaType firstOf(HttpMediaTypeException refused) {
    var supported = refused.getSupportedMediaTypes();
    return supported.isEmpty() ? MediaType.APPLICATION_JSON : supported.getFirst();
  }
}

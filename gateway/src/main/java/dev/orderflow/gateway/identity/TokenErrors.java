package dev.orderflow.gateway.identity;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a client that is not known, or does not prove who it is, as RFC 6749, section 5.2, asks;
 * and one that guesses with a problem, like every limit.
 */
record TokenErrors(JsonMapper json) implements AuthenticationFailureHandler {
  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    if (failure instanceof SignInPausedException pause) {
      new ProblemWriter(json)
          .write(
              Failure.of(ErrorCode.RATE_LIMITED, String.valueOf(pause.getMessage())),
              request,
              response);
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(pause.retryAfterSeconds()));
    } else if (failure instanceof OAuth2AuthenticationException refused
        && refused.getError().getErrorCode().equals(OAuth2ErrorCodes.INVALID_GRANT)) {
      write(
          response,
          HttpStatus.BAD_REQUEST,
          OAuth2ErrorCodes.INVALID_GRANT,
          "The code or its verifier does not hold.");
    } else {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"orderflow\"");
      write(
          response,
          HttpStatus.UNAUTHORIZED,
          OAuth2ErrorCodes.INVALID_CLIENT,
          "Send the client's id and secret with HTTP Basic.");
    }
  }

  private void write(HttpServletResponse response, HttpStatus status, String error, String text)
      throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    json.writeValue(response.getOutputStream(), Map.of("error", error, "error_description", text));
  }
}

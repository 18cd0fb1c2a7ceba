package dev.orderflow.gateway.identity;

import com.nimbusds.jose.jwk.JWKSet;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * OAuth 2 client credentials (RFC 6749, section 4.4) and the keys that verify the tokens (RFC
 * 7517).
 */
@RestController
@ConditionalOnProperty("orderflow.gateway.issuer.signing-key")
final class TokenEndpoint {
  private final Clients clients;
  private final TokenIssuer issuer;
  private final Map<String, Object> publicKeys;

  TokenEndpoint(Clients clients, TokenIssuer issuer, JWKSet keys) {
    this.clients = clients;
    this.issuer = issuer;
    this.publicKeys = keys.toPublicJWKSet().toJSONObject();
  }

  @PostMapping(path = "/oauth2/token", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  ResponseEntity<TokenResponse> token(
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          @Nullable String authorization,
      @RequestParam MultiValueMap<String, String> form,
      HttpServletRequest request) {
    var client = clients.authenticate(authorization, request.getRemoteAddr());
    var grantType = only("grant_type", form);
    if (grantType == null) {
      throw new TokenRequestException("invalid_request", "grant_type is missing.");
    }
    if (!grantType.equals("client_credentials")) {
      throw new TokenRequestException(
          "unsupported_grant_type", "Only client_credentials is supported.");
    }
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .header(HttpHeaders.PRAGMA, "no-cache")
        .body(issuer.issue(client, only("scope", form)));
  }

  private static @Nullable String only(String name, MultiValueMap<String, String> form) {
    var values = Objects.requireNonNullElse(form.get(name), List.<String>of());
    if (values.size() > 1) {
      throw new TokenRequestException("invalid_request", name + " is there more than once.");
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  @GetMapping("/oauth2/jwks")
  Map<String, Object> keys() {
    return publicKeys;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> slowDown(SignInPausedException pause, HttpServletRequest request) {
    var answer =
        Problems.answer(
            Failure.of(ErrorCode.RATE_LIMITED, String.valueOf(pause.getMessage())),
            request.getRequestURI());
    return ResponseEntity.status(answer.getStatusCode())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .header(HttpHeaders.RETRY_AFTER, Long.toString(pause.retryAfterSeconds()))
        .body(answer.getBody());
  }

  @ExceptionHandler
  ResponseEntity<Map<String, @Nullable String>> refuse(TokenRequestException refusal) {
    var response =
        refusal.error().equals("invalid_client")
            ? ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"orderflow\"")
            : ResponseEntity.badRequest();
    return response
        .cacheControl(CacheControl.noStore())
        .body(Map.of("error", refusal.error(), "error_description", refusal.getMessage()));
  }
}

package dev.orderflow.gateway.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The keys that verify tokens (RFC 7517), and what the token endpoint says of itself: the requests
 * that it takes are answered by Spring Authorization Server before they get here.
 */
@RestController
@ConditionalOnProperty("orderflow.gateway.issuer.signing-key")
final class TokenEndpoint {
  private final JWKSource<SecurityContext> signingKeys;

  TokenEndpoint(JWKSource<SecurityContext> signingKeys) {
    this.signingKeys = signingKeys;
  }

  @GetMapping("/oauth2/jwks")
  Map<String, Object> keys() throws KeySourceException {
    var all = signingKeys.get(new JWKSelector(new JWKMatcher.Builder().build()), null);
    return new JWKSet(all).toPublicJWKSet().toJSONObject();
  }

  @PostMapping(path = "/oauth2/token", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  ResponseEntity<Void> token() {
    return ResponseEntity.badRequest().build();
  }
}

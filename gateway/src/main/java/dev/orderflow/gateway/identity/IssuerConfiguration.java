package dev.orderflow.gateway.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import dev.orderflow.platform.security.IdentityProperties;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.converter.RsaKeyConverters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Issues tokens when there is a key to sign them with. Spring Authorization Server was weighed and
 * left out: of its ten endpoints two are needed, it keeps every token that it ever issued in memory
 * unless told otherwise, and the three rules that matter here (secrets compared in constant time,
 * scopes when none is asked for, nothing stored) would each have to be put in.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("orderflow.gateway.issuer.signing-key")
class IssuerConfiguration {
  @Bean
  JWKSet signingKeys(IssuerProperties properties)
      throws IOException, GeneralSecurityException, JOSEException {
    try (var pem = Objects.requireNonNull(properties.signingKey()).getInputStream()) {
      var privateKey =
          (RSAPrivateCrtKey) Objects.requireNonNull(RsaKeyConverters.pkcs8().convert(pem));
      var publicKey =
          (RSAPublicKey)
              KeyFactory.getInstance("RSA")
                  .generatePublic(
                      new RSAPublicKeySpec(
                          privateKey.getModulus(), privateKey.getPublicExponent()));
      return new JWKSet(
          new RSAKey.Builder(publicKey)
              .privateKey(privateKey)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint()
              .build());
    }
  }

  @Bean
  TokenIssuer tokenIssuer(
      JWKSet signingKeys, IssuerProperties properties, IdentityProperties identity, Clock clock) {
    return new TokenIssuer(
        new NimbusJwtEncoder(new ImmutableJWKSet<>(signingKeys)),
        Objects.requireNonNull(identity.issuer(), "orderflow.identity.issuer"),
        identity.audience(),
        properties.tokenLifetime(),
        clock);
  }

  @Bean
  Clients clients(IssuerProperties properties, JsonMapper json, Clock clock) throws IOException {
    var file = Objects.requireNonNull(properties.clients(), "orderflow.gateway.issuer.clients");
    try (var content = file.getInputStream()) {
      return new Clients(
          json.readValue(content, new TypeReference<List<Client>>() {}), new FailedSignIns(clock));
    }
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}

package dev.orderflow.gateway.session;

import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.validation.annotation.Validated;

/**
 * How browsers are signed in.
 *
 * @param keys a file with the keys that seal cookies and codes, 32 bytes in Base64 on a line each;
 *     the first one seals. The same for all instances
 * @param lifetime how long a sign-in holds
 * @param staffLifetime how long the sign-in of a member of staff holds
 * @param patience how long Redis may take, where instances tell each other who has signed out
 * @param clientId the gateway's name at an external issuer; without it browsers cannot sign in
 *     there
 * @param clientSecret its secret there; none for a public client
 * @param scopes what is asked for there
 */
@Validated
@ConfigurationProperties("orderflow.gateway.session")
public record SessionProperties(
    @Nullable Resource keys,
    @DefaultValue("12h") @DurationMin(seconds = 1) Duration lifetime,
    @DefaultValue("30m") @DurationMin(seconds = 1) Duration staffLifetime,
    @DefaultValue("100ms") Duration patience,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @DefaultValue({"openid", "customer", "staff"}) Set<String> scopes) {
  @Override
  public String toString() {
    return "SessionProperties[clientId=" + clientId + "]";
  }
}

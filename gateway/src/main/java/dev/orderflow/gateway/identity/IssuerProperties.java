package dev.orderflow.gateway.identity;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * The gateway as issuer of tokens, for set-ups that have no identity provider.
 *
 * @param signingKey a PEM file (PKCS#8) with RSA keys, the first of which signs tokens; nothing is
 *     issued without it
 * @param clients a JSON file with the clients and people that may have tokens: {@code [{"clientId":
 *     "alice", "secret": "…", "scope": "customer"}, …]}
 * @param tokenLifetime how long a program's token is valid
 * @param browserTokenLifetime how long a token of a person who signed in is valid; it is renewed
 *     while the session lasts
 */
@ConfigurationProperties("orderflow.gateway.issuer")
public record IssuerProperties(
    @Nullable Resource signingKey,
    @Nullable Resource clients,
    @DefaultValue("1h") Duration tokenLifetime,
    @DefaultValue("5m") Duration browserTokenLifetime) {}

package dev.orderflow.platform.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/** Which scope each REST call of a service needs. What no rule names needs a token. */
@FunctionalInterface
public interface RequestRules {
  /** Adds the rules, the first that matches counts. */
  void apply(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests);
}

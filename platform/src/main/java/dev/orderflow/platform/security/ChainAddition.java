package dev.orderflow.platform.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** What a service adds to the rules for its requests, such as another way to come with a token. */
@FunctionalInterface
public interface ChainAddition {
  /** Adds it, after all that every service has. */
  void addTo(HttpSecurity http) throws Exception;
}

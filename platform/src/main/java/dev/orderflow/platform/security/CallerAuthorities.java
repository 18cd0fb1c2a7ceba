package dev.orderflow.platform.security;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;

/**
 * What a token allows: its scopes and, with the scope {@code service}, what that service may do. A
 * service is known by the subject of its token or by its client id, which is {@code client_id} in
 * RFC 9068 and {@code azp} in OpenID Connect.
 */
final class CallerAuthorities implements Converter<Jwt, Collection<GrantedAuthority>> {
  private static final Set<String> NAMES = Set.of(JwtClaimNames.SUB, "client_id", "azp");

  private final Converter<Jwt, Collection<GrantedAuthority>> scopes =
      new JwtGrantedAuthoritiesConverter();
  private final IdentityProperties identity;

  CallerAuthorities(IdentityProperties identity) {
    this.identity = identity;
  }

  @Override
  public Collection<GrantedAuthority> convert(Jwt token) {
    var authorities = new ArrayList<>(Objects.requireNonNull(scopes.convert(token)));
    if (authorities.contains(new SimpleGrantedAuthority(Scope.SERVICE.authority()))) {
      var names =
          NAMES.stream()
              .flatMap(claim -> Stream.ofNullable(token.getClaimAsString(claim)))
              .collect(Collectors.toSet());
      Arrays.stream(ServiceName.values())
          .filter(service -> identity.namesOf(service).stream().anyMatch(names::contains))
          .map(service -> new SimpleGrantedAuthority(service.authority()))
          .forEach(authorities::add);
    }
    return authorities;
  }
}

package dev.orderflow.gateway.session;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.orderflow.gateway.seal.Purpose;
import dev.orderflow.gateway.seal.Seal;
import dev.orderflow.platform.error.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * Begins sign-ins at {@code /sign-in}, and keeps what must be known at their end (state, nonce,
 * verifier, and where to go then) in a sealed cookie.
 */
final class SignInRequests
    implements OAuth2AuthorizationRequestResolver,
        AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
  static final String PATH = "/sign-in";
  private static final String RETURN_TO = "returnTo";
  private static final String LANGUAGE = "ui_locales";
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private final IssuerClient issuer;
  private final DefaultOAuth2AuthorizationRequestResolver requests;
  private final Seal seal;
  private final InstantSource clock;

  SignInRequests(IssuerClient issuer, Seal seal, InstantSource clock) {
    this.issuer = issuer;
    this.requests = new DefaultOAuth2AuthorizationRequestResolver(issuer, PATH);
    this.seal = seal;
    this.clock = clock;
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
    return issuer.isThere()
            && HttpMethod.GET.matches(request.getMethod())
            && request.getRequestURI().equals(PATH)
        ? resolve(request, IssuerClient.REGISTRATION)
        : null;
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest resolve(
      HttpServletRequest request, String registrationId) {
    var asked = requests.resolve(request, registrationId);
    if (asked == null) {
      return null;
    }
    var returnTo = LocalPath.of(request.getParameter(RETURN_TO));
    var language = request.getParameter(LANGUAGE);
    return OAuth2AuthorizationRequest.from(asked)
        .attributes(attributes -> attributes.put(RETURN_TO, returnTo.value()))
        .additionalParameters(parameters -> {
          if (language != null) {
            parameters.put(LANGUAGE, language);
          }
        })
        .build();
  }

  @Override
  public void saveAuthorizationRequest(
      OAuth2AuthorizationRequest asked, HttpServletRequest request, HttpServletResponse response) {
    var claims =
        new JWTClaimsSet.Builder()
            .claim(OAuth2ParameterNames.STATE, asked.getState())
            .claim(OAuth2ParameterNames.REDIRECT_URI, asked.getRedirectUri())
            .claim(OidcParameterNames.NONCE, asked.getAttribute(OidcParameterNames.NONCE))
            .claim(
                PkceParameterNames.CODE_VERIFIER,
                asked.getAttribute(PkceParameterNames.CODE_VERIFIER))
            .claim(RETURN_TO, asked.getAttribute(RETURN_TO))
            .expirationTime(Date.from(clock.instant().plus(LIFETIME)))
            .build();
    Cookies.SIGN_IN.set(seal.seal(Purpose.SIGN_IN, claims), LIFETIME, request, response);
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
    return Cookies.SIGN_IN
        .valueIn(request)
        .flatMap(sealed -> seal.open(Purpose.SIGN_IN, sealed))
        .flatMap(this::askedFor)
        .orElse(null);
  }

  /** It counts once; where to go is remembered for the end of this request. */
  @Override
  public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    var asked = loadAuthorizationRequest(request);
    if (asked != null) {
      request.setAttribute(RETURN_TO, asked.getAttribute(RETURN_TO));
      Cookies.SIGN_IN.clear(request, response);
    }
    return asked;
  }

  /** Where the browser goes when the sign-in that this request ends has worked. */
  static String continueAt(HttpServletRequest request) {
    return request.getAttribute(RETURN_TO) instanceof String path ? path : LocalPath.HOME.value();
  }

  /**
   * What was asked for.
   *
   * @throws AuthenticationServiceException when the issuer is away
   */
  private Optional<OAuth2AuthorizationRequest> askedFor(JWTClaimsSet sealed) {
    try {
      var registration = issuer.registration();
      var nonce = sealed.getStringClaim(OidcParameterNames.NONCE);
      var verifier = sealed.getStringClaim(PkceParameterNames.CODE_VERIFIER);
      var returnTo = sealed.getStringClaim(RETURN_TO);
      return Optional.of(
          OAuth2AuthorizationRequest.authorizationCode()
              .authorizationUri(
                  Objects.requireNonNull(registration.getProviderDetails().getAuthorizationUri()))
              .clientId(registration.getClientId())
              .scopes(registration.getScopes())
              .state(sealed.getStringClaim(OAuth2ParameterNames.STATE))
              .redirectUri(sealed.getStringClaim(OAuth2ParameterNames.REDIRECT_URI))
              .attributes(attributes -> {
                attributes.put(
                    OAuth2ParameterNames.REGISTRATION_ID, registration.getRegistrationId());
                attributes.put(OidcParameterNames.NONCE, nonce);
                attributes.put(PkceParameterNames.CODE_VERIFIER, verifier);
                attributes.put(RETURN_TO, returnTo);
              })
              .build());
    } catch (UnavailableException e) {
      throw new AuthenticationServiceException(e.getMessage(), e);
    } catch (ParseException _) {
      return Optional.empty();
    }
  }
}

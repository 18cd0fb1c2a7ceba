package dev.orderflow.gateway.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * What Spring Authorization Server answers; of its further endpoints there is none. What else comes
 * to the same paths, such as another method, is answered as on every path.
 */
final class IssuerRequests implements RequestMatcher {
  private static final String TOKEN = "/oauth2/token";
  private static final String AUTHORIZE = "/oauth2/authorize";
  private static final Set<String> DESCRIPTIONS =
      Set.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server");

  @Override
  public boolean matches(HttpServletRequest request) {
    var path = request.getRequestURI();
    var isGet = HttpMethod.GET.matches(request.getMethod());
    return (isForTokens(request) && isForm(request))
        || (path.equals(AUTHORIZE) && (isGet || isForm(request)))
        || (isGet && DESCRIPTIONS.contains(path));
  }

  /** Whether a client asks for a token. */
  static boolean isForTokens(HttpServletRequest request) {
    return request.getRequestURI().equals(TOKEN);
  }

  private static boolean isForm(HttpServletRequest request) {
    try {
      var type = request.getContentType();
      return HttpMethod.POST.matches(request.getMethod())
          && type != null
          && MediaType.APPLICATION_FORM_URLENCODED.includes(MediaType.parseMediaType(type));
    } catch (InvalidMediaTypeException _) {
      return false;
    }
  }
}

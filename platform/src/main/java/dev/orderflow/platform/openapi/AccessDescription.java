package dev.orderflow.platform.openapi;

import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.security.Scope;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;

/** Asks the rules that guard the calls which token each of them needs. */
final class AccessDescription implements GlobalOpenApiCustomizer {
  private static final String TOKEN = "token";
  private static final Authentication ANONYMOUS =
      new AnonymousAuthenticationToken(
          TOKEN, TOKEN, AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

  private final WebInvocationPrivilegeEvaluator rules;

  AccessDescription(WebInvocationPrivilegeEvaluator rules) {
    this.rules = rules;
  }

  @Override
  public void customise(OpenAPI api) {
    api.getComponents()
        .addSecuritySchemes(
            TOKEN,
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("JWT"));
    api.getPaths()
        .forEach((path, calls) ->
            calls
                .readOperationsMap()
                .forEach((method, call) -> describe(path, method.name(), call)));
  }

  private void describe(String path, String method, Operation call) {
    if (rules.isAllowed("", path, method, ANONYMOUS)) {
      call.setSecurity(List.of());
    } else if (rules.isAllowed("", path, method, tokenWith())) {
      call.setSecurity(List.of(new SecurityRequirement().addList(TOKEN)));
    } else {
      call.setSecurity(
          Arrays.stream(Scope.values())
              .filter(scope -> rules.isAllowed("", path, method, tokenWith(scope.authority())))
              .map(scope -> new SecurityRequirement().addList(TOKEN, scope.value()))
              .toList());
      ProblemResponses.add(
          call.getResponses(), ErrorCode.FORBIDDEN.httpStatus(), Set.of(ErrorCode.FORBIDDEN));
    }
  }

  private static Authentication tokenWith(String... authorities) {
    return UsernamePasswordAuthenticationToken.authenticated(
        TOKEN, TOKEN, AuthorityUtils.createAuthorityList(authorities));
  }
}

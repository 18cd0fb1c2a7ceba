package dev.orderflow.platform.openapi;

import io.swagger.v3.core.converter.ModelConverter;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Completes the description that springdoc makes of a service when it is first asked for, at {@code
 * /v3/api-docs}.
 */
@AutoConfiguration
@ConditionalOnClass(GlobalOpenApiCustomizer.class)
public class OpenApiAutoConfiguration {
  static {
    // A stream of events is text; the type with which Spring sends it is not part of the
    // description.
    SpringDocUtils.getConfig().replaceWithClass(SseEmitter.class, String.class);
  }

  @Bean
  ModelConverter recordSchemas() {
    return new RecordSchemas();
  }

  @Bean
  ParameterCustomizer parameterDescription() {
    return new ParameterDescription();
  }

  @Bean
  GlobalOperationComponentsCustomizer callDescription() {
    return new CallDescription();
  }

  @Bean
  GlobalOpenApiCustomizer accessDescription(WebInvocationPrivilegeEvaluator rules) {
    return new AccessDescription(rules);
  }

  @Bean
  GlobalOpenApiCustomizer wordDescription() {
    return new WordDescription();
  }
}

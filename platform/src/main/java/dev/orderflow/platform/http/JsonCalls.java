package dev.orderflow.platform.http;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Calls answer with {@code application/json} unless they say otherwise. Without that, Spring labels
 * an answer with whatever kind of JSON the caller accepts: a success as {@code
 * application/problem+json}.
 */
final class JsonCalls extends RequestMappingHandlerMapping {
  @Override
  protected @Nullable RequestMappingInfo getMappingForMethod(Method method, Class<?> handlerType) {
    var mapping = super.getMappingForMethod(method, handlerType);
    return mapping != null
            && mapping.getProducesCondition().isEmpty()
            && method.getReturnType() != void.class
        ? mapping.mutate().produces(MediaType.APPLICATION_JSON_VALUE).build()
        : mapping;
  }
}

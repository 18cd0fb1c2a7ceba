package dev.orderflow.platform.http;

import dev.orderflow.platform.error.BrokenResponses;
import dev.orderflow.platform.error.ProblemAdvice;
import dev.orderflow.platform.error.ProblemWriter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every service speaks HTTP in the same way, and answers errors as problems or breaks off; Tomcat's
 * own pages are never seen.
 */
@AutoConfiguration(
    beforeName = {
      "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration",
      "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration"
    })
@Import({Utf8Bodies.class, ReadPreconditions.class, ProblemAdvice.class, BrokenResponses.class})
public class HttpAutoConfiguration {
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> errorReports(JsonMapper json) {
    return server ->
        server.addContextCustomizers(context ->
            context
                .getParent()
                .getPipeline()
                .addValve(new RefusedRequests(new ProblemWriter(json))));
  }

  /** After the character set is known and the request is counted, before everything else. */
  @Bean
  FilterRegistrationBean<PlainRequests> plainRequests(JsonMapper json) {
    var filter = new FilterRegistrationBean<>(new PlainRequests(new ProblemWriter(json)));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return filter;
  }

  /**
   * JSON says one thing: a name once in an object, and of the documented type. (Jackson itself
   * refuses text behind the JSON, and malformed numbers.)
   */
  @Bean
  JsonMapperBuilderCustomizer strictJson() {
    return json ->
        json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
  }

  @Bean
  WebMvcRegistrations jsonCalls() {
    return new WebMvcRegistrations() {
      @Override
      public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new JsonCalls();
      }
    };
  }
}

package dev.orderflow.gateway.http;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Puts our answers in the place of Tomcat's error pages. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> errorReports(JsonMapper json) {
    return server ->
        server.addContextCustomizers(
            context -> context.getParent().getPipeline().addValve(new RefusedRequests(json)));
  }
}

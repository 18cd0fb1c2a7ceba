package dev.orderflow.gateway.description;

import dev.orderflow.gateway.identity.IssuerProperties;
import dev.orderflow.gateway.routing.ForwardingProperties;
import dev.orderflow.gateway.routing.InstanceProperties;
import dev.orderflow.platform.security.IdentityProperties;
import java.net.http.HttpClient;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Names the services that have calls to describe, and the page that shows them. */
@Configuration(proxyBeanMethods = false)
class DescriptionConfiguration implements WebMvcConfigurer {
  @Bean
  PlatformDescription platformDescription(
      InstanceProperties instances,
      ForwardingProperties forwarding,
      HttpClient callClient,
      RestClient.Builder clients,
      IssuerProperties issuer,
      IdentityProperties identity,
      ObjectProvider<OwnCalls> own,
      JsonMapper json) {
    var requests = new JdkClientHttpRequestFactory(callClient);
    requests.setReadTimeout(forwarding.responseTimeout());
    var http = clients.requestFactory(requests).build();
    return new PlatformDescription(
        List.of(
            new ServiceDescription(instances.querySide(), http),
            new ServiceDescription(instances.commandSide(), http),
            new ServiceDescription(instances.saga(), http)),
        own.stream().toList(),
        new SignIn(issuer.signingKey() == null ? identity.issuerUri() : null),
        json);
  }

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    registry.addViewController("/docs").setViewName("forward:/docs/index.html");
  }
}

package dev.orderflow.gateway.pages;

import dev.orderflow.platform.security.ChainAddition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the shop at the root, and the operators' console. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    registry.addViewController("/").setViewName("forward:/shop/index.html");
    registry.addViewController("/console").setViewName("forward:/console/index.html");
    // Browsers ask for it on pages that name no icon.
    registry.addViewController("/favicon.ico").setViewName("forward:/shared/icon.svg");
  }

  @Bean
  ChainAddition pageHeaders() {
    return http -> http.headers(PageHeaders::secure);
  }
}

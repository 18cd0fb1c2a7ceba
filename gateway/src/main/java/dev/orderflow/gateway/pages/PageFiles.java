package dev.orderflow.gateway.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * How long browsers keep the files of the pages. Ours are asked after each time, by what is in
 * them, so that a page is never made of two releases. A library's file that is named with its
 * version never changes.
 */
@Configuration(proxyBeanMethods = false)
class PageFiles implements WebMvcConfigurer {
  private static final Duration FOR_GOOD = Duration.ofDays(365);

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    for (var folder : new String[] {"shop", "console", "shared"}) {
      registry
          .addResourceHandler("/" + folder + "/**")
          .addResourceLocations("classpath:/static/" + folder + "/")
          .setCacheControl(CacheControl.noCache())
          // The date of a file in an archive says nothing about what is in it.
          .setUseLastModified(false)
          .setEtagGenerator(PageFiles::tag);
    }
    registry
        .addResourceHandler("/webjars/{library}/{version:\\d.*}/**")
        .addResourceLocations("classpath:/META-INF/resources/webjars/")
        .setCacheControl(CacheControl.maxAge(FOR_GOOD).cachePublic().immutable());
  }

  /** Weak, since the file is also sent compressed. */
  private static String tag(Resource file) {
    try {
      return "W/\"" + DigestUtils.md5DigestAsHex(file.getContentAsByteArray()) + "\"";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

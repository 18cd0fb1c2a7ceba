package dev.orderflow.queryside.catalog.cache;

import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.queryside.cache.CacheProperties;
import dev.orderflow.queryside.cache.CachedView;
import dev.orderflow.queryside.cache.ViewSource;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.live.Changes;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the cache before the table of products. */
@Configuration(proxyBeanMethods = false)
class ProductCacheConfiguration {
  /** Products whose changes were announced: L1 does not answer what was before. */
  @Bean
  Changes announcedProducts() {
    return new Changes();
  }

  @Bean
  CachedView<Product> productCache(
      ViewSource<Product> table,
      Changes announcedProducts,
      CacheProperties settings,
      RedisClient redisClient,
      MeterRegistry meters,
      Traces traces) {
    return CachedView.of(
        "product",
        table,
        new ProductFormat(),
        announcedProducts::changed,
        settings,
        redisClient,
        meters,
        traces);
  }
}

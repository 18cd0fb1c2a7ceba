package dev.orderflow.queryside.catalog.cache;

import dev.orderflow.queryside.cache.CacheConfiguration.Caches;
import dev.orderflow.queryside.cache.CachedView;
import dev.orderflow.queryside.cache.ViewSource;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.live.Changes;
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
      Caches caches, ViewSource<Product> table, Changes announcedProducts) {
    return caches.before(table, new ProductFormat(), "product", announcedProducts::changed);
  }
}

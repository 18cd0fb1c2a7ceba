package dev.orderflow.queryside.catalog.grpc;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.proto.catalog.v1.BatchGetProductsResponse;
import dev.orderflow.proto.catalog.v1.PriceChanged;
import dev.orderflow.proto.catalog.v1.PriceOk;
import dev.orderflow.proto.catalog.v1.ProductInactive;
import dev.orderflow.proto.catalog.v1.ProductUnknown;
import dev.orderflow.queryside.catalog.model.PriceQuote;
import dev.orderflow.queryside.catalog.model.PriceVerdict;
import dev.orderflow.queryside.catalog.model.Product;
import java.util.List;
import java.util.Map;

/** Products and verdicts as messages. */
final class ProductMessages {
  private ProductMessages() {}

  static dev.orderflow.proto.catalog.v1.Product of(Product product) {
    var listing = product.listing();
    return dev.orderflow.proto.catalog.v1.Product.newBuilder()
        .setProductId(product.productId().value())
        .setName(listing.name())
        .setDescription(listing.description())
        .setPrice(listing.price().amount().toPlainString())
        .setCurrency(listing.price().currency().getCurrencyCode())
        .setPriceVersion(listing.priceVersion())
        .setActive(listing.active())
        .setAvailable(product.available())
        .setVersion(product.version())
        .build();
  }

  static BatchGetProductsResponse of(List<ProductId> ids, Map<ProductId, Product> found) {
    var response = BatchGetProductsResponse.newBuilder();
    for (var id : ids) {
      var product = found.get(id);
      if (product == null) {
        response.addMissingProductIds(id.value());
      } else {
        response.addProducts(of(product));
      }
    }
    return response.build();
  }

  static dev.orderflow.proto.catalog.v1.PriceVerdict of(PriceQuote quote, PriceVerdict verdict) {
    var message =
        dev.orderflow.proto.catalog.v1.PriceVerdict.newBuilder()
            .setProductId(quote.productId().value());
    switch (verdict) {
      case PriceVerdict.Ok ok ->
          message.setOk(PriceOk.newBuilder().setKnownVersion(ok.knownVersion()));
      case PriceVerdict.Changed changed ->
          message.setChanged(
              PriceChanged.newBuilder()
                  .setCurrentPrice(changed.price().amount().toPlainString())
                  .setCurrency(changed.price().currency().getCurrencyCode())
                  .setCurrentVersion(changed.priceVersion()));
      case PriceVerdict.Unknown _ -> message.setUnknown(ProductUnknown.getDefaultInstance());
      case PriceVerdict.Inactive _ -> message.setInactive(ProductInactive.getDefaultInstance());
    }
    return message.build();
  }
}

package dev.orderflow.commandside.catalog.application;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.catalog.CatalogCommand;
import dev.orderflow.api.catalog.CatalogCommand.ActivateProduct;
import dev.orderflow.api.catalog.CatalogCommand.ChangePrice;
import dev.orderflow.api.catalog.CatalogCommand.DeactivateProduct;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.catalog.model.ProductState;
import dev.orderflow.commandside.commands.CommandGateway;
import dev.orderflow.platform.error.RequestCheck;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What staff can do with the catalog. */
@Service
public class CatalogService {
  private final CommandGateway commands;

  CatalogService(CommandGateway commands) {
    this.commands = commands;
  }

  /** Puts a product into the catalog. */
  public ProductState create(CreateProductRequest request) throws Rejection {
    return commands.execute(request.toCommand(), ProductState.class);
  }

  /**
   * Changes a price.
   *
   * @param price null when the caller sent none: a violation
   * @param ifPriceVersion the version that must still be the current one; null for whatever it is
   */
  public ProductState changePrice(
      String productId, @Nullable BigDecimal price, @Nullable Long ifPriceVersion)
      throws Rejection {
    var id = Product.named(productId);
    var check = new RequestCheck();
    var command = check.required("price", price, p -> new ChangePrice(id, p, ifPriceVersion));
    check.orThrow(() -> true);
    try {
      return execute(Objects.requireNonNull(command));
    } catch (InvalidValueException e) {
      // Only the aggregate knows the currency, and with it how fine a price may be.
      throw new InvalidValueException("price", e.remedy());
    }
  }

  /** Puts a product on sale. */
  public ProductState activate(String productId) throws Rejection {
    return execute(new ActivateProduct(Product.named(productId)));
  }

  /** Takes a product off sale. */
  public ProductState deactivate(String productId) throws Rejection {
    return execute(new DeactivateProduct(Product.named(productId)));
  }

  private ProductState execute(CatalogCommand command) throws Rejection {
    return commands.execute(command, ProductState.class);
  }
}

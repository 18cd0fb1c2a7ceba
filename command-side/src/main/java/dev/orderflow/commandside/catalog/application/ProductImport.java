package dev.orderflow.commandside.catalog.application;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.catalog.CatalogCommand;
import dev.orderflow.api.catalog.CatalogCommand.ChangePrice;
import dev.orderflow.api.catalog.CatalogCommand.CreateProduct;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.catalog.model.ProductState;
import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.eventstore.Aggregates;
import dev.orderflow.commandside.imports.CsvFile;
import dev.orderflow.commandside.imports.CsvLine;
import dev.orderflow.commandside.imports.ImportReport;
import dev.orderflow.commandside.imports.ImportReport.Result;
import dev.orderflow.commandside.imports.LineImport;
import dev.orderflow.commandside.imports.LineImport.Step;
import dev.orderflow.platform.error.RequestCheck;
import dev.orderflow.platform.grpc.Decimals;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * Creates the products of a file, and sets their prices. The same file again changes nothing. Names
 * and descriptions of existing products stay as they are.
 */
@Service
public class ProductImport {
  private static final String ID = "productId";
  private static final Set<String> COLUMNS = Set.of(ID, "name", "price", "currency");
  private static final Set<String> OPTIONAL = Set.of("description");

  private final LineImport imports;
  private final Aggregates aggregates;
  private final AggregateType<Product, CatalogCommand> products;

  ProductImport(
      LineImport imports, Aggregates aggregates, AggregateType<Product, CatalogCommand> products) {
    this.imports = imports;
    this.aggregates = aggregates;
    this.products = products;
  }

  /** Processes a file; throws when it cannot be read as one. */
  public ImportReport run(byte[] content) {
    var file = CsvFile.read(content, COLUMNS, OPTIONAL);
    var known = known(file);
    var seen = new HashMap<String, Long>();
    return imports.run(file, line -> step(line, known, seen));
  }

  private Map<String, ProductState> known(CsvFile file) {
    return aggregates.read(
        file.lines().stream()
            .flatMap(line -> Optional.ofNullable(line.get(ID)).stream())
            .filter(id -> ProductId.FORM.matcher(id).matches())
            .map(id -> products.stream(Product.streamId(new ProductId(id))))
            .collect(Collectors.toSet()),
        Product::state);
  }

  private static Step step(CsvLine line, Map<String, ProductState> known, Map<String, Long> seen) {
    var command = product(line);
    var id = command.productId();
    var before = seen.putIfAbsent(id.value(), line.number());
    if (before != null) {
      throw new InvalidValueException(ID, "is in line " + before + " already");
    }
    var state = known.get(Product.streamId(id));
    return state == null ? new Step.Send(command, _ -> Result.CREATED) : priced(command, state);
  }

  private static Step priced(CreateProduct command, ProductState state) {
    var currency = state.price().currency();
    if (!command.price().currency().equals(currency)) {
      throw new InvalidValueException(
          "currency", "must be " + currency + ", the product's: it never changes");
    }
    return command.price().equals(state.price())
        ? new Step.Nothing()
        : new Step.Send(
            new ChangePrice(command.productId(), command.price().amount(), null),
            _ -> Result.CHANGED);
  }

  private static CreateProduct product(CsvLine line) {
    var check = new RequestCheck();
    var id = check.required(ID, line.get(ID), text -> text);
    var price = check.required("price", line.get("price"), text -> Decimals.read("price", text));
    return check
        .orThrow(() ->
            new CreateProductRequest(
                id, line.get("name"), line.get("description"), price, line.get("currency")))
        .toCommand();
  }
}

package dev.orderflow.commandside.inventory.application;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.InventoryCommand.ReceiveStock;
import dev.orderflow.api.inventory.ReceiptKey;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.eventstore.EventStorage;
import dev.orderflow.commandside.imports.CsvFile;
import dev.orderflow.commandside.imports.CsvLine;
import dev.orderflow.commandside.imports.ImportReport;
import dev.orderflow.commandside.imports.ImportReport.Result;
import dev.orderflow.commandside.imports.LineImport;
import dev.orderflow.commandside.imports.LineImport.Step;
import dev.orderflow.commandside.inventory.model.ReceivedStock;
import dev.orderflow.platform.error.RequestCheck;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * Takes in the pieces of a file, once within the time for which receipt keys are remembered: each
 * line is a receipt whose idempotency key is its reference or, without one, its place in this very
 * file.
 */
@Service
public class ReceiptImport {
  private static final String ID = "productId";
  private static final String QUANTITY = "quantity";
  private static final String REFERENCE = "reference";

  /**
   * A product remembers its latest 1,000 receipt keys. A file takes at most half of them, so that
   * it can still be sent again after another one.
   */
  private static final int MOST_OF_A_PRODUCT = 500;

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  private final LineImport imports;
  private final EventStorage events;

  ReceiptImport(LineImport imports, EventStorage events) {
    this.imports = imports;
    this.events = events;
  }

  /** Processes a file; throws when it cannot be read as one. */
  public ImportReport run(byte[] content) {
    var file = CsvFile.read(content, Set.of(ID, QUANTITY), Set.of(REFERENCE));
    var existing = existing(file);
    var taken = HashMultiset.<ProductId>create();
    return imports.run(file, line -> step(line, file, existing, taken));
  }

  /** The streams of the products that exist. */
  private Set<String> existing(CsvFile file) {
    return events
        .versions(
            file.lines().stream()
                .flatMap(line -> Optional.ofNullable(line.get(ID)).stream())
                .filter(id -> ProductId.FORM.matcher(id).matches())
                .map(id -> Product.streamId(new ProductId(id)))
                .collect(Collectors.toSet()))
        .keySet();
  }

  private static Step step(
      CsvLine line, CsvFile file, Set<String> existing, Multiset<ProductId> taken)
      throws Rejection {
    var check = new RequestCheck();
    var id = check.required(ID, line.get(ID), ProductId::new);
    var quantity = check.required(QUANTITY, line.get(QUANTITY), ReceiptImport::quantity);
    var reference = check.optional(REFERENCE, line.get(REFERENCE), ReceiptKey::new);
    check.orThrow(() -> true);
    var product = Objects.requireNonNull(id);
    if (!existing.contains(Product.streamId(product))) {
      throw new Rejection.ProductNotFound(List.of(product));
    }
    if (taken.add(product, 1) >= MOST_OF_A_PRODUCT) {
      throw new InvalidValueException(
          ID,
          "has %d lines before this one, the most in one file; send this line in another"
              .formatted(MOST_OF_A_PRODUCT));
    }
    var key =
        reference == null
            ? new ReceiptKey("import-%s-%d".formatted(file.hash(), line.number()))
            : reference;
    return new Step.Send(
        new ReceiveStock(product, Objects.requireNonNull(quantity), key),
        answer -> ((ReceivedStock) answer).replayed() ? Result.UNCHANGED : Result.RECEIVED);
  }

  private static Quantity quantity(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new InvalidValueException(QUANTITY, "must be a whole number");
    }
    return Quantity.of(Long.parseLong(text));
  }
}

package dev.orderflow.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.ordering.OrderStatus;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordDescriptionTest {
  @MeaningOf(StockLevels.class)
  record Example(
      @Meaning(value = "A text.", form = "[a-z]+", min = 1, max = 9) String text,
      @Meaning(value = "Some.", min = 1, max = 3) List<String> some,
      @MeaningOf(ProductId.class) String product,
      @MeaningOf(OrderStatus.class) String status,
      Quantity quantity,
      @Meaning("An amount.") BigDecimal amount,
      long available,
      String nextPageToken) {}

  record Unexplained(String word) {}

  @Test
  void what_is_said_at_a_component_its_type_or_elsewhere_is_in_the_description() {
    var described = described(Example.class);

    assertThat(property(described, "text"))
        .returns("A text.", Schema::getDescription)
        .returns("^(?:[a-z]+)$", Schema::getPattern)
        .returns(1, Schema::getMinLength)
        .returns(9, Schema::getMaxLength);
    assertThat(property(described, "some"))
        .returns(1, Schema::getMinItems)
        .returns(3, Schema::getMaxItems);
    assertThat(property(described, "product"))
        .returns("Names the product.", Schema::getDescription)
        .returns("^(?:" + ProductId.FORM + ")$", Schema::getPattern);
    assertThat(property(described, "status").getEnum())
        .isEqualTo(List.of("PENDING", "CONFIRMED", "CANCELLED"));
    assertThat(property(described, "quantity"))
        .returns(BigDecimal.ONE, Schema::getMinimum)
        .returns(BigDecimal.valueOf(Quantity.MAX), Schema::getMaximum);
    assertThat(property(described, "amount"))
        .returns("double", Schema::getFormat)
        .returns(BigDecimal.ZERO, Schema::getExclusiveMinimumValue);
    assertThat(property(described, "available"))
        .returns("Pieces that can be ordered.", Schema::getDescription)
        .returns(BigDecimal.ZERO, Schema::getMinimum);
    assertThat(property(described, "nextPageToken").getDescription()).isNotBlank();
  }

  @Test
  void a_word_that_nobody_explains_is_an_error_that_says_where_and_how() {
    assertThatThrownBy(() -> described(Unexplained.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Unexplained.word")
        .hasMessageContaining("@Meaning");
  }

  private static OpenAPI described(Class<?> type) {
    var converters = new ModelConverters(true);
    converters.addConverter(new ModelResolver(Json31.mapper()).openapi31(true));
    converters.addConverter(new RecordSchemas());
    var api =
        new OpenAPI()
            .components(new Components().schemas(converters.readAll(type)))
            .paths(new Paths());
    new WordDescription().customise(api);
    return api;
  }

  private static Schema<?> property(OpenAPI api, String name) {
    var example = (Schema<?>) api.getComponents().getSchemas().get("Example");
    return example.getProperties().get(name);
  }
}

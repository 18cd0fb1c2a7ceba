package dev.orderflow.queryside.catalog.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductId;
import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;

class PriceQuoteTest {
  private static final Money PRICE =
      new Money(new BigDecimal("12.50"), Currency.getInstance("EUR"));

  @Test
  void the_known_price_is_ok_however_its_decimals_are_written() {
    assertThat(quote("12.5", 3).judge(known(3, true))).isEqualTo(new PriceVerdict.Ok(3));
  }

  @Test
  void a_quote_of_an_older_version_has_changed() {
    assertThat(quote("12.5", 2).judge(known(3, true)))
        .isEqualTo(new PriceVerdict.Changed(PRICE, 3));
  }

  @Test
  void another_price_under_the_known_version_has_changed() {
    assertThat(quote("12.51", 3).judge(known(3, true)))
        .isEqualTo(new PriceVerdict.Changed(PRICE, 3));
  }

  @Test
  void a_quote_that_is_ahead_of_us_cannot_be_judged_and_is_ok() {
    assertThat(quote("99", 4).judge(known(3, true))).isEqualTo(new PriceVerdict.Ok(3));
  }

  @Test
  void a_product_that_is_not_known_is_unknown() {
    assertThat(quote("12.5", 3).judge(null)).isEqualTo(new PriceVerdict.Unknown());
  }

  @Test
  void a_product_off_sale_is_inactive_at_its_price() {
    assertThat(quote("12.5", 3).judge(known(3, false))).isEqualTo(new PriceVerdict.Inactive());
  }

  @Test
  void that_the_price_has_changed_is_said_before_that_the_product_is_off_sale() {
    assertThat(quote("12.5", 2).judge(known(3, false)))
        .isEqualTo(new PriceVerdict.Changed(PRICE, 3));
  }

  private static PriceQuote quote(String price, long version) {
    return new PriceQuote(new ProductId("A"), new BigDecimal(price), version);
  }

  private static Product known(long priceVersion, boolean active) {
    return new Product(
        new ProductId("A"), new Listing("Kettle", "", PRICE, priceVersion, active), 0, 1);
  }
}

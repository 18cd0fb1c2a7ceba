package dev.orderflow.saga.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.PaymentMethod;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectedPaymentProviderTest {
  private static final Money AMOUNT = new Money(BigDecimal.ONE, Currency.getInstance("VND"));

  @ParameterizedTest
  @CsvSource({
    "NORMAL,pm_card_visa",
    "SLOW,pm_sim_slow",
    "DECLINING,pm_card_chargeDeclined",
    "SILENT,pm_sim_noAnswer"
  })
  void payments_go_as_by_the_method_of_the_mode(ProviderMode mode, String method) {
    var simulated = new Recording();

    var _ =
        new DirectedPaymentProvider(simulated, () -> mode)
            .charge("PAY-1", AMOUNT, new PaymentMethod("pm_card_visa"));

    assertThat(simulated.method).isEqualTo(new PaymentMethod(method));
  }

  @ParameterizedTest
  @CsvSource({"NORMAL,true", "SLOW,true", "DECLINING,true", "SILENT,false"})
  void refunds_wait_for_a_silent_provider_alone(ProviderMode mode, boolean answered) {
    var provider = new DirectedPaymentProvider(new Recording(), () -> mode);

    assertThat(provider.refund("PAY-1-refund", "PAY-1").isDone()).isEqualTo(answered);
  }

  @Test
  void each_call_follows_the_mode_of_its_moment() {
    var mode = new ProviderMode[] {ProviderMode.NORMAL};
    var simulated = new Recording();
    var provider = new DirectedPaymentProvider(simulated, () -> mode[0]);

    mode[0] = ProviderMode.DECLINING;
    var _ = provider.charge("PAY-1", AMOUNT, null);
    assertThat(simulated.method).isEqualTo(new PaymentMethod("pm_card_chargeDeclined"));
    mode[0] = ProviderMode.NORMAL;
    var _ = provider.charge("PAY-2", AMOUNT, null);
    assertThat(simulated.method).isNull();
  }

  private static final class Recording implements PaymentProvider {
    private @Nullable PaymentMethod method;

    @Override
    public CompletableFuture<ChargeAnswer> charge(
        String idempotencyKey, Money amount, @Nullable PaymentMethod paymentMethod) {
      method = paymentMethod;
      return CompletableFuture.completedFuture(ChargeAnswer.success());
    }

    @Override
    public CompletableFuture<Void> refund(String idempotencyKey, String chargeKey) {
      return CompletableFuture.completedFuture(null);
    }
  }
}

package dev.orderflow.saga.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.platform.testing.TestPostgres;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The simulated provider with its ledger in a real database. */
class SimulatedPaymentProviderIT {
  private static final Money AMOUNT =
      new Money(new BigDecimal("50000"), Currency.getInstance("VND"));

  private static JdbcClient jdbc;
  private static ExecutorService executor;

  @BeforeAll
  static void start() {
    var database = TestPostgres.newDatabase().dataSource();
    Flyway.configure().dataSource(database).load().migrate();
    jdbc = JdbcClient.create(database);
    executor = Executors.newVirtualThreadPerTaskExecutor();
  }

  @AfterAll
  static void stop() {
    executor.close();
  }

  @ParameterizedTest
  @CsvSource({"pm_card_visa,SUCCESS,", "pm_card_chargeDeclined,FAILED,card_declined"})
  void the_payment_method_decides(String method, PaymentOutcome outcome, String reason) {
    var answer =
        provider(0.5, Duration.ofMinutes(1)).charge("decides-" + method, AMOUNT, of(method));

    assertThat(answer)
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(new ChargeAnswer(outcome, reason));
    assertThat(booked("decides-" + method)).isEqualTo(outcome.name() + " 50000 VND");
  }

  @Test
  void a_slow_charge_succeeds_after_its_time_and_not_before() {
    var start = System.nanoTime();

    var answer = provider(0, Duration.ofMillis(300)).charge("slow", AMOUNT, of("pm_sim_slow"));

    assertThat(answer).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(ChargeAnswer.success());
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void a_charge_without_answer_stays_without_and_moves_no_money() {
    var answer = provider(1, Duration.ZERO).charge("silent", AMOUNT, of("pm_sim_noAnswer"));

    await().during(Duration.ofMillis(300)).until(() -> !answer.isDone());
    assertThat(booked("silent")).isEmpty();
  }

  @Test
  void a_lost_answer_leaves_a_booked_charge_and_comes_when_it_is_asked_for_again() {
    var provider = provider(1, Duration.ZERO);

    var lost = provider.charge("lost", AMOUNT, of("pm_sim_lostAnswer"));

    await().until(() -> !booked("lost").isEmpty());
    await().during(Duration.ofMillis(300)).until(() -> !lost.isDone());
    assertThat(provider.charge("lost", AMOUNT, of("pm_sim_lostAnswer")))
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(ChargeAnswer.success());
  }

  @Test
  void any_other_method_and_none_follow_the_success_rate() {
    assertThat(provider(1, Duration.ZERO).charge("lucky", AMOUNT, null))
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(ChargeAnswer.success());
    assertThat(provider(0, Duration.ZERO).charge("unlucky", AMOUNT, of("pm_other")))
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(ChargeAnswer.failed("card_declined"));
  }

  @Test
  void the_same_key_gets_the_same_answer_also_from_another_instance() {
    assertThat(provider(0, Duration.ZERO).charge("same", AMOUNT, null))
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(ChargeAnswer.failed("card_declined"));

    assertThat(provider(1, Duration.ZERO).charge("same", AMOUNT, null))
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(ChargeAnswer.failed("card_declined"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pm_sim_slow", "pm_sim_noAnswer"})
  void what_is_booked_is_answered_at_once_however_slow_the_method(String method) {
    var key = "booked-" + method;
    provider(1, Duration.ZERO).charge(key, AMOUNT, of("pm_card_visa")).join();

    assertThat(provider(1, Duration.ofMinutes(1)).charge(key, AMOUNT, of(method)))
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(ChargeAnswer.success());
  }

  @Test
  void a_slow_charge_that_nobody_waited_for_is_answered_when_it_is_asked_for_again() {
    var provider = provider(1, Duration.ofMillis(300));
    var _ = provider.charge("abandoned", AMOUNT, of("pm_sim_slow"));
    await().until(() -> !booked("abandoned").isEmpty());

    assertThat(provider(0, Duration.ofMinutes(1)).charge("abandoned", AMOUNT, of("pm_sim_slow")))
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(ChargeAnswer.success());
  }

  @Test
  void many_concurrent_charges_under_one_key_get_one_answer() {
    var provider = provider(0.5, Duration.ZERO);

    var answers =
        IntStream.range(0, 50)
            .mapToObj(_ -> provider.charge("concurrent", AMOUNT, null))
            .toList()
            .stream()
            .map(CompletableFuture::join);

    assertThat(answers.distinct()).hasSize(1);
  }

  @Test
  void many_concurrent_charges_at_two_instances_get_one_answer_for_each_key() {
    var providers = List.of(provider(0.5, Duration.ZERO), provider(0.5, Duration.ZERO));

    var answers =
        IntStream.range(0, 400)
            .mapToObj(i -> providers.get(i % 2).charge("racing-" + i / 8, AMOUNT, null))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    for (var key = 0; key < 50; key++) {
      assertThat(answers.subList(key * 8, key * 8 + 8).stream().distinct()).hasSize(1);
    }
  }

  @Test
  void a_refund_is_booked_once() {
    var provider = provider(1, Duration.ZERO);
    provider.charge("charged", AMOUNT, of("pm_card_visa")).join();

    provider.refund("charged-refund", "charged").join();
    provider.refund("charged-refund", "charged").join();

    assertThat(
            jdbc.sql("SELECT count(*) FROM simulated_refund WHERE charge_key = 'charged'")
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void each_charge_goes_as_by_the_method_of_the_mode_of_its_moment() {
    var mode = new AtomicReference<>(ProviderMode.NORMAL);
    var provider = provider(1, Duration.ofMinutes(1), mode::get);

    assertThat(provider.charge("normal", AMOUNT, of("pm_card_visa")))
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(ChargeAnswer.success());
    mode.set(ProviderMode.DECLINING);
    assertThat(provider.charge("declining", AMOUNT, of("pm_card_visa")))
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(ChargeAnswer.failed("card_declined"));
    mode.set(ProviderMode.SLOW);
    var slow = provider.charge("slowed", AMOUNT, of("pm_card_visa"));
    await().during(Duration.ofMillis(300)).until(() -> !slow.isDone());
    assertThat(provider(1, Duration.ofMillis(10), mode::get).charge("slow-and-done", AMOUNT, null))
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(ChargeAnswer.success());
    mode.set(ProviderMode.SILENT);
    var silent = provider(1, Duration.ZERO, mode::get).charge("silenced", AMOUNT, null);
    await().during(Duration.ofMillis(300)).until(() -> !silent.isDone());
    mode.set(ProviderMode.NORMAL);
    assertThat(provider.charge("normal-again", AMOUNT, null))
        .succeedsWithin(Duration.ofSeconds(5))
        .isEqualTo(ChargeAnswer.success());
  }

  @ParameterizedTest
  @EnumSource
  void refunds_wait_for_a_silent_provider_alone(ProviderMode mode) {
    var provider = provider(1, Duration.ofMinutes(1), () -> mode);
    provider(1, Duration.ZERO).charge("paid-" + mode, AMOUNT, of("pm_card_visa")).join();

    var refund = provider.refund("paid-" + mode + "-refund", "paid-" + mode);

    if (mode == ProviderMode.SILENT) {
      await().during(Duration.ofMillis(300)).until(() -> !refund.isDone());
    } else {
      assertThat(refund).succeedsWithin(Duration.ofSeconds(5));
    }
  }

  private static SimulatedPaymentProvider provider(double successRate, Duration slow) {
    return provider(successRate, slow, () -> ProviderMode.NORMAL);
  }

  private static SimulatedPaymentProvider provider(
      double successRate, Duration slow, Supplier<ProviderMode> mode) {
    var clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    return new SimulatedPaymentProvider(
        new SimulatedLedger(jdbc, clock, executor),
        new PaymentProperties.Simulated(
            successRate, slow, Duration.ofMillis(1), Duration.ofMillis(5)),
        mode,
        new Random(1));
  }

  private static PaymentMethod of(String value) {
    return new PaymentMethod(value);
  }

  private static String booked(String key) {
    return jdbc.sql(
            """
            SELECT outcome || ' ' || amount || ' ' || currency FROM simulated_charge
            WHERE idempotency_key = ?\
            """)
        .param(key)
        .query(String.class)
        .optional()
        .orElse("");
  }
}

package dev.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {
  @ParameterizedTest
  @ValueSource(strings = {"2001:db8::2", "2001:db8:0:0:ffff::1", "2001:0DB8::"})
  void addresses_of_one_ipv6_network_are_one_account(String address) {
    assertThat(Account.ofAddress(address)).isEqualTo(Account.ofAddress("2001:db8::1"));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:1::1, 2001:db8:0:2::1",
    "192.0.2.1, 192.0.2.2",
    "192.0.2.1, 2001:db8::1",
    "unknown, nobody"
  })
  void other_addresses_are_other_accounts(String one, String other) {
    assertThat(Account.ofAddress(one)).isNotEqualTo(Account.ofAddress(other));
  }

  @Test
  void an_ipv4_address_is_named_as_it_is() {
    assertThat(Account.ofAddress("192.0.2.1").name()).isEqualTo("address:192.0.2.1");
  }
}

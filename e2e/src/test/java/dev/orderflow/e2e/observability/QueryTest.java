package dev.orderflow.e2e.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          up                                                            | up
          sum by (job, status) (rate(http_count{uri!~"/a{b}.*"}[5m]))   | http_count
          histogram_quantile(0.95, sum by (le) (rate(lag_bucket[1m])))  | lag_bucket
          hikari_active / hikari_max > 1e3                              | hikari_active hikari_max
          sum(a) > 0 unless sum(b) > 0 or absent(c{job="gateway"} == 1) | a b c
          max without (instance) (a) offset 5m                          | a
          """)
  void a_query_names_its_metrics(String query, String metrics) {
    assertThat(new Query(query).metrics()).containsExactlyInAnyOrder(metrics.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rate(http_count{uri!~"/a.*",status="500"}[5m]) > 0.05 | rate(http_count{uri!~"/a.*",status="500"}[5m])
          sum(a) > 0 unless sum(b) > 0                          | sum(a) ; sum(b)
          max by (x) (a) > min by (x) (a)                       | max by (x) (a) ; min by (x) (a)
          absent(up{job="a"} == 1) or absent(up{job="b"} == 1)  | (up{job="a"} ) or (up{job="b"} )
          a / b                                                 | a / b
          """)
  void a_query_tells_what_it_compares(String query, String compared) {
    assertThat(new Query(query).compared())
        .extracting(part -> part.text().strip())
        .containsExactly(compared.split(" ; "));
  }
}

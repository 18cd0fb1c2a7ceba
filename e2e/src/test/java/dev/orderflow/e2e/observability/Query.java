package dev.orderflow.e2e.observability;

import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A query in PromQL.
 *
 * @param text as it stands in a dashboard or in a rule
 */
public record Query(String text) {
  private static final Pattern LABELS_AND_RANGES =
      Pattern.compile(
          "\\{(\"[^\"]*\"|[^\"}])*}|\\[[^]]*]|\\b(by|without|on|ignoring)\\s*\\([^)]*\\)");

  private static final Pattern WORD = Pattern.compile("(?<![\\w.])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");

  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

  private static final Pattern LIMIT = Pattern.compile("(==|[<>])\\s*[\\d.]+");
  private static final Pattern COMPARISON = Pattern.compile("\\bunless\\b|[<>]");

  /** Those of the dashboards and of the alert rules that are delivered. */
  public static List<Query> delivered() {
    return Stream.concat(
            in(JsonMapper.shared(), "../deploy/grafana/dashboards/orderflow.json"),
            in(new YAMLMapper(), "../deploy/prometheus/rules.yml"))
        .toList();
  }

  private static Stream<Query> in(ObjectMapper format, String file) {
    return format.readTree(new File(file)).findValues("expr").stream()
        .map(expression -> new Query(expression.asString()));
  }

  /** The names of the metrics that it asks for. */
  public Set<String> metrics() {
    return WORD.matcher(LABELS_AND_RANGES.matcher(text).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .filter(word -> !OPERATORS.contains(word))
        .collect(Collectors.toSet());
  }

  /** What it compares, each a query that has an answer also when all is well. */
  public List<Query> compared() {
    var unlimited = LIMIT.matcher(text).replaceAll("").replace("absent(", "(");
    return COMPARISON.splitAsStream(unlimited).map(Query::new).toList();
  }
}

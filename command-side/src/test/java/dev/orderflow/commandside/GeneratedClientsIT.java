package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.util.FileSystemUtils;

/** Clients that common generators make of the description can order at every price. */
@ExtendWith(SharedCommandSide.class)
class GeneratedClientsIT {
  private static final Path CLIENTS = Path.of("target", "clients").toAbsolutePath();
  private static final Path GENERATOR = CLIENTS.resolve("openapi-generator-cli.jar");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path JAVAC = JAVA.resolveSibling("javac");

  /** A JVM that lives for some seconds gains nothing from the optimizing compiler. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  private static final Path TYPESCRIPT =
      CLIENTS.resolve("compiler/META-INF/resources/webjars/typescript");

  /** What each generator is told, by its name. */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "java",
          "\"library\": \"native\", \"openApiNullable\": \"false\", \"useJakartaEe\": \"true\"",
          "typescript-fetch",
          "",
          "go",
          "");

  private final RunningCommandSide commandSide;

  GeneratedClientsIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  /** One JVM makes all clients: most of what it takes is to start, and to read the description. */
  @BeforeAll
  static void generate(RunningCommandSide commandSide) throws Exception {
    var description = commandSide.first().send("GET", "/v3/api-docs", "", "");
    Files.writeString(CLIENTS.resolve("description.json"), description.raw().body());
    var command =
        new ArrayList<Object>(
            List.of(JAVA, QUICK, "-jar", GENERATOR, "batch", "--fail-fast", "--threads", 1));
    for (var client : PROPERTIES.entrySet()) {
      FileSystemUtils.deleteRecursively(CLIENTS.resolve(client.getKey()));
      command.add(
          Files.writeString(
              CLIENTS.resolve(client.getKey() + ".json"),
              """
              {"generatorName": "%s", "inputSpec": "%s", "outputDir": "%s",
               "additionalProperties": {%s}}
              """
                  .formatted(
                      client.getKey(),
                      CLIENTS.resolve("description.json"),
                      CLIENTS.resolve(client.getKey()),
                      client.getValue())));
    }
    for (var compiled : List.of("javascript", "placing.ts")) {
      FileSystemUtils.deleteRecursively(CLIENTS.resolve(compiled));
    }
    run(command.stream());
  }

  @Test
  void a_java_client_orders() throws Exception {
    var client = CLIENTS.resolve("java");
    var classes = client.resolve("classes");
    var libraries = GENERATOR + File.pathSeparator + CLIENTS.resolve("jakarta.annotation-api.jar");
    var sources = new ArrayList<>(List.of(resource("Placing.java")));
    try (var all = Files.walk(client.resolve("src/main/java"))) {
      all.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
    }
    run(
        Stream.concat(
            Stream.of(
                JAVAC, "-J" + QUICK, "-proc:none", "-nowarn", "-d", classes, "-cp", libraries),
            sources.stream()));

    assertOrders(
        Stream.of(JAVA, QUICK, "-cp", classes + File.pathSeparator + libraries, "Placing"));
  }

  @Test
  void a_typescript_client_orders() throws Exception {
    assumeTrue(isThere("node"), "node compiles and runs TypeScript, and is not installed");
    var compiled = CLIENTS.resolve("javascript");
    var program = Files.copy(resource("placing.ts"), CLIENTS.resolve("placing.ts"));
    Path compiler;
    try (var versions = Files.newDirectoryStream(TYPESCRIPT)) {
      compiler = versions.iterator().next().resolve("lib/tsc.js");
    }
    run(
        Stream.of(
            "node",
            compiler,
            "--strict",
            "--target",
            "es2022",
            "--module",
            "commonjs",
            "--lib",
            "es2022,dom",
            "--outDir",
            compiled,
            program));

    assertOrders(Stream.of("node", compiled.resolve("placing.js")));
  }

  @Test
  void a_go_client_has_64_bits() {
    assertThat(CLIENTS.resolve("go/model_item.go"))
        .content()
        .containsPattern("ExpectedPrice +float64")
        .containsPattern("PriceVersion +int64");
  }

  private void assertOrders(Stream<Object> program) throws Exception {
    var prices =
        List.of(
            new Price("16777217", "VND"),
            new Price("199999.99", "USD"),
            new Price("123456789012345", "VND"));
    var arguments = new ArrayList<>(List.of(commandSide.first().url(), commandSide.alice()));
    for (var price : prices) {
      arguments.addAll(List.of(RunningCommandSide.newKey("alice"), product(price), price.amount()));
    }

    var costs = run(Stream.concat(program, arguments.stream()));

    assertThat(costs.lines().map(BigDecimal::new))
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactlyElementsOf(
            prices.stream().map(price -> new BigDecimal(price.amount())).toList());
  }

  private record Price(String amount, String currency) {}

  private String product(Price price) {
    var product = "PROD-" + UUID.randomUUID();
    var created =
        commandSide
            .first()
            .send(
                "POST",
                "/products",
                commandSide.staff(),
                "{\"productId\": \"%s\", \"name\": \"Ring\", \"price\": %s, \"currency\": \"%s\"}"
                    .formatted(product, price.amount(), price.currency()));
    assertThat(created.status()).isEqualTo(201);
    commandSide.receive(commandSide.first(), product, 1);
    return product;
  }

  private static Path resource(String name) throws Exception {
    return Path.of(GeneratedClientsIT.class.getResource("/clients/" + name).toURI());
  }

  private static boolean isThere(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** What it prints, once it has ended well. */
  private static String run(Stream<?> command) throws IOException, InterruptedException {
    var output = Files.createTempFile("client", ".log");
    var process =
        new ProcessBuilder(command.map(Object::toString).toList())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    var ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    var text = Files.readString(output);
    Files.delete(output);
    assertThat(ended && process.exitValue() == 0).as(text).isTrue();
    return text;
  }
}

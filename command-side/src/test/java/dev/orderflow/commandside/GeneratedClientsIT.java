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
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;

/** Clients that common generators make of the description can order at every price. */
@ExtendWith(SharedCommandSide.class)
class GeneratedClientsIT {
  private static final Path CLIENTS = Path.of("target", "clients").toAbsolutePath();
  private static final Path GENERATOR = CLIENTS.resolve("openapi-generator-cli.jar");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path JAVAC = JAVA.resolveSibling("javac");
  private static final Path TYPESCRIPT =
      CLIENTS.resolve("compiler/META-INF/resources/webjars/typescript");

  private final RunningCommandSide commandSide;

  GeneratedClientsIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @BeforeAll
  static void describe(RunningCommandSide commandSide) throws IOException {
    var description = commandSide.first().send("GET", "/v3/api-docs", "", "");
    Files.writeString(CLIENTS.resolve("description.json"), description.raw().body());
    for (var earlier : List.of("java", "typescript-fetch", "javascript", "go", "placing.ts")) {
      FileSystemUtils.deleteRecursively(CLIENTS.resolve(earlier));
    }
  }

  @ParameterizedTest
  @CsvSource({"16777217, VND", "199999.99, USD", "123456789012345, VND"})
  void a_java_client_orders(BigDecimal price, String currency) throws Exception {
    var client = generated("java", "library=native,openApiNullable=false,useJakartaEe=true");
    var classes = client.resolve("classes");
    var libraries = GENERATOR + File.pathSeparator + CLIENTS.resolve("jakarta.annotation-api.jar");
    if (Files.notExists(classes)) {
      var sources = new ArrayList<>(List.of(resource("Placing.java")));
      try (var all = Files.walk(client.resolve("src/main/java"))) {
        all.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
      run(
          Stream.concat(
              Stream.of(JAVAC, "-proc:none", "-nowarn", "-d", classes, "-cp", libraries),
              sources.stream()));
    }

    assertOrders(
        price,
        currency,
        Stream.of(JAVA, "-cp", classes + File.pathSeparator + libraries, "Placing"));
  }

  @ParameterizedTest
  @CsvSource({"16777217, VND", "199999.99, USD", "123456789012345, VND"})
  void a_typescript_client_orders(BigDecimal price, String currency) throws Exception {
    assumeTrue(isThere("node"), "node compiles and runs TypeScript, and is not installed");
    generated("typescript-fetch", "");
    var compiled = CLIENTS.resolve("javascript");
    if (Files.notExists(compiled)) {
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
    }

    assertOrders(price, currency, Stream.of("node", compiled.resolve("placing.js")));
  }

  @Test
  void a_go_client_has_64_bits() throws Exception {
    assertThat(generated("go", "").resolve("model_item.go"))
        .content()
        .containsPattern("ExpectedPrice +float64")
        .containsPattern("PriceVersion +int64");
  }

  private void assertOrders(BigDecimal price, String currency, Stream<Object> program)
      throws Exception {
    var product = "PROD-" + UUID.randomUUID();
    var created =
        commandSide
            .first()
            .send(
                "POST",
                "/products",
                commandSide.staff(),
                "{\"productId\": \"%s\", \"name\": \"Ring\", \"price\": %s, \"currency\": \"%s\"}"
                    .formatted(product, price, currency));
    assertThat(created.status()).isEqualTo(201);
    commandSide.receive(commandSide.first(), product, 1);

    var cost =
        run(
            Stream.concat(
                program,
                Stream.of(
                    commandSide.first().url(),
                    commandSide.alice(),
                    RunningCommandSide.newKey("alice"),
                    product,
                    price)));

    assertThat(new BigDecimal(cost.strip())).isEqualByComparingTo(price);
  }

  /** The client that a generator makes; made once. */
  private static Path generated(String generator, String properties) throws Exception {
    var client = CLIENTS.resolve(generator);
    if (Files.notExists(client)) {
      run(
          Stream.of(
              JAVA,
              "-XX:TieredStopAtLevel=1",
              "-jar",
              GENERATOR,
              "generate",
              "-g",
              generator,
              "-i",
              CLIENTS.resolve("description.json"),
              "-o",
              client,
              "--additional-properties=" + properties));
    }
    return client;
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

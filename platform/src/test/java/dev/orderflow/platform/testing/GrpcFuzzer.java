package dev.orderflow.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Calls every method of a gRPC server with random bytes and random messages, as every kind of
 * caller: {@code -Dorderflow.fuzz.seed} repeats a run. No call may find a bug, and none that is
 * refused may change anything.
 */
public final class GrpcFuzzer {
  /** Of all fuzzers of one kind together, unless it is said otherwise. */
  private static final int REQUESTS = 20_000;

  private static final Set<Status.Code> BUGS =
      EnumSet.of(
          Status.Code.INTERNAL,
          Status.Code.UNKNOWN,
          Status.Code.UNIMPLEMENTED,
          Status.Code.DATA_LOSS,
          Status.Code.DEADLINE_EXCEEDED);
  private static final Set<Integer> BUGS_OF_COMMANDS =
      Set.of(Code.INTERNAL_VALUE, Code.UNKNOWN_VALUE);
  private static final int DEEPEST = 4;

  private final Channel server;
  private final List<MethodDescriptor<?, ?>> methods;
  private final List<String> tokens;
  private final List<String> texts;
  private final long seed = Long.getLong("orderflow.fuzz.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<Status.Code, Integer> seen = new EnumMap<>(Status.Code.class);

  /**
   * @param tokens one of each kind of caller; empty for none
   * @param texts what means something to the server: ids, keys, amounts
   */
  public GrpcFuzzer(
      Channel server, List<ServiceDescriptor> services, List<String> tokens, List<String> texts) {
    this.server = server;
    this.methods =
        services.stream()
            .<MethodDescriptor<?, ?>>flatMap(service -> service.getMethods().stream())
            .toList();
    this.tokens = List.copyOf(tokens);
    var all = new ArrayList<>(texts);
    all.addAll(
        List.of(
            "",
            " ",
            "0",
            "-1",
            "1e9",
            "12.50",
            "99999999999999999999999999",
            "NaN",
            "VND",
            "USD",
            "XXX",
            "\u0000",
            "\u200b",
            "ấm",
            "\ud83e\udd5a",
            "/",
            "../..",
            "' OR 1=1 --",
            "%s%n",
            "a".repeat(300),
            "A".repeat(64),
            "pm_card_visa",
            "vi",
            "someone@example.com"));
    this.texts = List.copyOf(all);
  }

  /** How many calls there are to be, so many times as many as {@code -Pfull} says. */
  public static int scaled(int calls) {
    return (int)
        ((long) calls * Integer.getInteger("orderflow.fuzz.requests", REQUESTS) / REQUESTS);
  }

  /**
   * Makes the calls, one after the other.
   *
   * @param state grows, or changes, with everything that is written
   * @return how often each status came
   */
  public Map<Status.Code, Integer> run(int calls, LongSupplier state) {
    try (var troubles = new LoggedTroubles()) {
      var before = state.getAsLong();
      for (var number = 0; number < calls; number++) {
        var method = methods.get(random.nextInt(methods.size()));
        var token = random.nextInt(tokens.size());
        var request = request(method);
        var ending = RawCall.of(server, method, tokens.get(token), request);
        var name =
            "-Dorderflow.fuzz.seed=%d: call %d, %s by %d with %s: %s"
                .formatted(
                    seed,
                    number,
                    method.getFullMethodName(),
                    token,
                    ByteString.copyFrom(request).toStringUtf8(),
                    ending.status());
        check(name, method, ending);
        assertThat(troubles.all()).as(name).isEmpty();
        var after = state.getAsLong();
        if (!ending.status().isOk()) {
          assertThat(after).as(name).isEqualTo(before);
        }
        before = after;
        seen.merge(ending.status().getCode(), 1, Integer::sum);
      }
    }
    return seen;
  }

  private static void check(String name, MethodDescriptor<?, ?> method, RawCall.Ending ending) {
    assertThat(ending.status().getCode()).as(name).isNotIn(BUGS);
    if (ending.status().isOk()) {
      ending.answers().forEach(answer -> checkAnswer(name, method, answer));
    } else {
      assertThat(ending.info()).as(name).isPresent();
    }
  }

  private static void checkAnswer(String name, MethodDescriptor<?, ?> method, byte[] answer) {
    try {
      checkAnswer(name, DynamicMessage.parseFrom(schema(method, false), answer));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(name, e);
    }
  }

  /** What became of one of several commands is a status inside of the answer. */
  private static void checkAnswer(String name, Message message) {
    if (message.getDescriptorForType().equals(com.google.rpc.Status.getDescriptor())) {
      var code = message.getField(message.getDescriptorForType().findFieldByName("code"));
      assertThat(BUGS_OF_COMMANDS).as(name).doesNotContain((Integer) code);
    }
    for (var field : message.getAllFields().entrySet()) {
      if (field.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        var values =
            field.getKey().isRepeated() ? (List<?>) field.getValue() : List.of(field.getValue());
        values.forEach(value -> checkAnswer(name, (Message) value));
      }
    }
  }

  private static Descriptor schema(MethodDescriptor<?, ?> method, boolean request) {
    var schema = (ProtoMethodDescriptorSupplier) method.getSchemaDescriptor();
    var proto = schema.getMethodDescriptor();
    return request ? proto.getInputType() : proto.getOutputType();
  }

  private byte[] request(MethodDescriptor<?, ?> method) {
    return switch (random.nextInt(10)) {
      case 0 -> bytes(random.nextInt(100));
      case 1 -> broken(message(schema(method, true), DEEPEST).toByteArray());
      default -> message(schema(method, true), DEEPEST).toByteArray();
    };
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] broken(byte[] message) {
    if (message.length > 0) {
      message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return message;
  }

  private Message message(Descriptor type, int depth) {
    var message = DynamicMessage.newBuilder(type);
    for (var field : type.getFields()) {
      if (random.nextInt(8) == 0) {
        continue;
      }
      if (!field.isRepeated()) {
        message.setField(field, value(field, depth));
      } else if (depth > 0) {
        for (var count = random.nextInt(4); count > 0; count--) {
          message.addRepeatedField(field, value(field, depth));
        }
      }
    }
    return message.build();
  }

  private Object value(FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case INT -> (int) number();
      case LONG -> number();
      case FLOAT -> (float) number();
      case DOUBLE -> (double) number();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> texts.get(random.nextInt(texts.size()));
      case BYTE_STRING -> ByteString.copyFrom(bytes(random.nextInt(20)));
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(7) - 1);
      case MESSAGE -> message(field.getMessageType(), depth - 1);
    };
  }

  private long number() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt();
      case 2 -> -1;
      case 3 -> 0;
      default -> 1 + random.nextInt(5);
    };
  }
}

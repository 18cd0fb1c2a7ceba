package dev.orderflow.platform.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A gRPC call of bytes, whether they are a message or not. */
public final class RawCall {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final int SECONDS = 20;

  private RawCall() {}

  /**
   * How a call ended.
   *
   * @param answers the messages that came before
   */
  public record Ending(Status status, Metadata trailers, List<byte[]> answers) {
    /** What the status says to programs; empty when it says nothing. */
    public Optional<ErrorInfo> info() {
      var details = StatusProto.fromStatusAndTrailers(status, trailers).getDetailsList();
      return details.stream()
          .filter(detail -> detail.is(ErrorInfo.class))
          .map(detail -> {
            try {
              return detail.unpack(ErrorInfo.class);
            } catch (InvalidProtocolBufferException e) {
              throw new IllegalStateException(e);
            }
          })
          .findFirst();
    }
  }

  /**
   * Sends the messages and waits for the end, or for the first message of a stream, which is hung
   * up then.
   *
   * @param token empty for none
   */
  public static Ending of(
      Channel channel, MethodDescriptor<?, ?> method, String token, byte[]... messages) {
    var call =
        channel.newCall(
            method.toBuilder(Bytes.MARSHALLER, Bytes.MARSHALLER).build(),
            CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS));
    var headers = new Metadata();
    if (!token.isEmpty()) {
      headers.put(AUTHORIZATION, "Bearer " + token);
    }
    var ending = new CompletableFuture<Ending>();
    call.start(
        new ClientCall.Listener<>() {
          private final List<byte[]> answers = new ArrayList<>();

          @Override
          public void onMessage(byte[] answer) {
            answers.add(answer);
            if (!method.getType().serverSendsOneMessage()) {
              ending.complete(new Ending(Status.OK, new Metadata(), answers));
            }
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            ending.complete(new Ending(status, trailers, answers));
          }
        },
        headers);
    call.request(2);
    for (var message : messages) {
      call.sendMessage(message);
    }
    call.halfClose();
    var ended = ending.join();
    // Not before everything is sent; of no effect where the call has ended.
    call.cancel("read enough", null);
    return ended;
  }

  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    MARSHALLER;

    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

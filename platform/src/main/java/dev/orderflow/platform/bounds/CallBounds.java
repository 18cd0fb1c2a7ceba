package dev.orderflow.platform.bounds;

import com.google.protobuf.MessageLite;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.GrpcFailures;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.ratelimit.GrpcCallerAddress;
import dev.orderflow.platform.security.Account;
import dev.orderflow.platform.security.Caller;
import dev.orderflow.platform.security.Scope;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives each gRPC call its place among those that are worked on, and its answer room among those
 * that are not read yet, or refuses it at once. A stream needs no room: it sends no more than is
 * read. Lists are counted apart, since each keeps a connection of the database busy for long. The
 * platform's services are not counted: they bound what they ask themselves. Nor are health checks.
 */
final class CallBounds implements ServerInterceptor {
  private static final String HEALTH_CHECK = "grpc.health.v1.Health/Check";

  private static final String LIST = "List";

  private final Bound calls;
  private final Bound lists;
  private final Bound answers;

  /**
   * @param calls their number, without lists
   * @param lists the number of calls for lists
   * @param answers their bytes
   */
  CallBounds(Bound calls, Bound lists, Bound answers) {
    this.calls = calls;
    this.lists = lists;
    this.answers = answers;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    var caller = callerOf(call);
    if (caller.isEmpty()) {
      return next.startCall(call, headers);
    }
    var account = caller.get();
    var places = isList(call) ? lists : calls;
    places.take(account, 1);
    var bounded = new BoundedCall<>(call, places, account);
    try {
      return new SimpleForwardingServerCallListener<>(next.startCall(bounded, headers)) {
        @Override
        public void onComplete() {
          bounded.giveBack();
          super.onComplete();
        }

        @Override
        public void onCancel() {
          bounded.giveBack();
          super.onCancel();
        }
      };
    } catch (RuntimeException e) {
      bounded.giveBack();
      throw e;
    }
  }

  private final class BoundedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final Bound places;
    private final String account;
    private long unread;
    private boolean over;
    private boolean refused;

    BoundedCall(ServerCall<Q, R> call, Bound places, String account) {
      super(call);
      this.places = places;
      this.account = account;
    }

    /** The call is over: what it would take from now on nothing would give back. */
    synchronized void giveBack() {
      over = true;
      places.giveBack(account, 1);
      answers.giveBack(account, unread);
    }

    /** Whether the answer has room; not when nobody waits for it any more. */
    private synchronized boolean takeRoom(long bytes) {
      if (!over) {
        answers.take(account, bytes);
        unread += bytes;
      }
      return !over;
    }

    @Override
    public void sendMessage(R message) {
      if (message instanceof MessageLite answer
          && getMethodDescriptor().getType().serverSendsOneMessage()) {
        try {
          if (!takeRoom(answer.getSerializedSize())) {
            return;
          }
        } catch (OverloadedException | UnavailableException e) {
          refused = true;
          var refusal = GrpcFailures.statusOf(Failure.of(e));
          super.close(refusal.getStatus(), Objects.requireNonNull(refusal.getTrailers()));
          return;
        }
      }
      super.sendMessage(message);
    }

    /** Unless it was closed already, behind the back of the service. */
    @Override
    public void close(Status status, Metadata trailers) {
      if (!refused) {
        super.close(status, trailers);
      }
    }
  }

  private static boolean isList(ServerCall<?, ?> call) {
    var name = call.getMethodDescriptor().getBareMethodName();
    return name != null && name.startsWith(LIST);
  }

  private static Optional<String> callerOf(ServerCall<?, ?> call) {
    return call.getMethodDescriptor().getFullMethodName().equals(HEALTH_CHECK)
            || Caller.ifKnown().filter(caller -> caller.has(Scope.SERVICE)).isPresent()
        ? Optional.empty()
        : GrpcCallerAddress.account().map(Account::name);
  }
}

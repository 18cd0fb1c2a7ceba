package dev.orderflow.queryside;

import dev.orderflow.platform.testing.GrpcCalls;
import dev.orderflow.platform.testing.GrpcServerRules;
import dev.orderflow.queryside.testing.RunningQuerySide;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.List;

/** The rules of every gRPC server. */
class GrpcServerIT implements GrpcServerRules {
  private final RunningQuerySide running = RunningQuerySide.shared();

  @Override
  public Channel server() {
    return running.channel();
  }

  @Override
  public List<ServiceDescriptor> services() {
    return GrpcCalls.services(running.beans(BindableService.class));
  }

  @Override
  public String tokenFor(MethodDescriptor<?, ?> method) {
    var name = method.getFullMethodName();
    if (name.contains("Product")) {
      return "";
    }
    return name.endsWith("ListAllOrders") ? running.staff() : running.customer("carol");
  }
}

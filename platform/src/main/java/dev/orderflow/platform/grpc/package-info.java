/** What every gRPC server and client of ours needs. */
@NullMarked
package dev.orderflow.platform.grpc;

import org.jspecify.annotations.NullMarked;

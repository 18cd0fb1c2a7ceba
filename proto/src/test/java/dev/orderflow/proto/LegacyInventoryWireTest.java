package dev.orderflow.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.orderflow.proto.inventory.legacy.InventoryProto;
import dev.orderflow.proto.inventory.legacy.InventoryServiceGrpc;
import dev.orderflow.proto.inventory.legacy.StockRequest;
import dev.orderflow.proto.inventory.legacy.StockResponse;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that were generated from the earlier inventory.proto must keep working. */
class LegacyInventoryWireTest {

  private static final FileDescriptor FILE = InventoryProto.getDescriptor();

  @Test
  void the_method_keeps_its_full_name_and_stays_unary() {
    var method = InventoryServiceGrpc.getCheckAndReserveStockMethod();
    assertThat(method.getFullMethodName())
        .isEqualTo("inventory.InventoryService/CheckAndReserveStock");
    assertThat(method.getType()).isEqualTo(io.grpc.MethodDescriptor.MethodType.UNARY);
  }

  @Test
  void the_request_keeps_its_names_numbers_and_types() {
    assertThat(fieldsOf(FILE.findMessageTypeByName("StockRequest")))
        .containsExactly("TYPE_STRING productId = 1", "TYPE_INT32 quantity = 2");
  }

  @Test
  void the_response_keeps_its_names_numbers_and_types() {
    assertThat(fieldsOf(FILE.findMessageTypeByName("StockResponse")))
        .containsExactly(
            "TYPE_BOOL isAvailable = 1",
            "TYPE_STRING message = 2",
            "TYPE_STRING reservationId = 3");
  }

  @Test
  void the_bytes_of_an_earlier_client_are_understood() throws InvalidProtocolBufferException {
    var bytes = HexFormat.of().parseHex("0a03502d311003");
    assertThat(StockRequest.parseFrom(bytes))
        .isEqualTo(StockRequest.newBuilder().setProductId("P-1").setQuantity(3).build());
  }

  @Test
  void the_answer_has_the_bytes_that_an_earlier_client_reads() {
    var response = StockResponse.newBuilder().setIsAvailable(true).setMessage("ok").build();
    assertThat(response.toByteArray()).isEqualTo(HexFormat.of().parseHex("080112026f6b"));
  }

  private static List<String> fieldsOf(Descriptor message) {
    return message.getFields().stream()
        .map(field -> field.toProto())
        .map(LegacyInventoryWireTest::declarationOf)
        .toList();
  }

  private static String declarationOf(FieldDescriptorProto field) {
    return field.getType() + " " + field.getName() + " = " + field.getNumber();
  }
}

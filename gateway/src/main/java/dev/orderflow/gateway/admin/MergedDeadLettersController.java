package dev.orderflow.gateway.admin;

import dev.orderflow.gateway.admin.Part.Answered;
import dev.orderflow.gateway.admin.Part.Away;
import dev.orderflow.gateway.admin.Part.Refused;
import dev.orderflow.gateway.routing.Service;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.paging.PageToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The dead letters of all services on one path. They are listed service by service, those of the
 * saga first, for an order may stand still; what is about one letter is an ordinary route, because
 * its id begins with the name of its service.
 */
@RestController
@RequestMapping("/admin/dead-letters")
final class MergedDeadLettersController {
  private static final List<Service> SERVICES = List.of(Service.SAGA, Service.QUERY_SIDE);
  private static final Set<String> FILTERS = Set.of("source", "cause", "orderId", "state");
  private static final String PATH = "/admin/dead-letters";

  private final Parts parts;
  private final JsonMapper json;

  MergedDeadLettersController(Parts parts, JsonMapper json) {
    this.parts = parts;
    this.json = json;
  }

  /** Where a page begins: in which service, and behind which of its pages. */
  private record Place(Service service, String token) {
    static Place of(String place) {
      var parts = place.split(" ", 2);
      return SERVICES.stream()
          .filter(service -> parts.length == 2 && service.label().equals(parts[0]))
          .findFirst()
          .map(service -> new Place(service, parts[1]))
          .orElseThrow(() -> new IllegalArgumentException("no service"));
    }

    @Override
    public String toString() {
      return service.label() + " " + token;
    }
  }

  @GetMapping
  ResponseEntity<?> list(
      @RequestParam Map<String, String> query,
      @RequestParam(defaultValue = "0") int pageSize,
      @RequestParam(defaultValue = "") String pageToken) {
    var request = new PageRequest(pageSize, pageToken);
    var begin =
        Objects.requireNonNullElseGet(
            PageToken.read(request, Place::of), () -> new Place(SERVICES.getFirst(), ""));
    var whole = json.createObjectNode();
    var letters = whole.putArray("deadLetters");
    var missing = new ArrayList<String>();
    @Nullable Place next = begin;
    while (next != null && letters.size() < request.size()) {
      var service = next.service();
      var path = path(query, request.size() - letters.size(), next.token());
      next = following(service);
      switch (parts.ofEach(List.of(service), path, ObjectNode.class).getFirst()) {
        case Answered<ObjectNode>(_, _, var page) -> {
          page.path("deadLetters").forEach(letters::add);
          if (page.has("nextPageToken")) {
            next = new Place(service, page.get("nextPageToken").asString());
          }
        }
        case Refused<ObjectNode> refused -> {
          return passOn(refused);
        }
        case Away<ObjectNode> _ -> missing.add(service.label());
      }
    }
    if (next != null) {
      whole.put("nextPageToken", PageToken.of(request.selection(), next.toString()));
    }
    return ResponseEntity.ok(naming(missing, whole));
  }

  @PostMapping("/retry")
  ResponseEntity<?> retry(@RequestBody JsonNode selection) {
    var letters = 0;
    var missing = new ArrayList<String>();
    for (var part :
        parts.post(
            SERVICES, PATH + "/retry", json.writeValueAsString(selection), ObjectNode.class)) {
      switch (part) {
        case Answered<ObjectNode>(_, _, var retried) -> letters += retried.path("letters").asInt();
        case Refused<ObjectNode> refused -> {
          return passOn(refused);
        }
        case Away<ObjectNode> away -> missing.add(away.service().label());
      }
    }
    return ResponseEntity.accepted()
        .body(naming(missing, json.createObjectNode().put("letters", letters)));
  }

  private static @Nullable Place following(Service service) {
    var index = SERVICES.indexOf(service) + 1;
    return index < SERVICES.size() ? new Place(SERVICES.get(index), "") : null;
  }

  private static String path(Map<String, String> query, int size, String token) {
    var filter = new HashMap<>(query);
    filter.keySet().retainAll(FILTERS);
    var path = UriComponentsBuilder.fromPath(PATH).queryParam("pageSize", size);
    filter.put("pageToken", token);
    filter.keySet().forEach(name -> path.queryParam(name, "{" + name + "}"));
    return path.encode().buildAndExpand(filter).toUriString();
  }

  private static ObjectNode naming(List<String> missing, ObjectNode answer) {
    if (!missing.isEmpty()) {
      missing.forEach(answer.putArray("missing")::add);
    }
    return answer;
  }

  /** Every service judges a request in the same way. */
  private static ResponseEntity<byte[]> passOn(Refused<?> refused) {
    return ResponseEntity.status(refused.status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(refused.problem());
  }
}

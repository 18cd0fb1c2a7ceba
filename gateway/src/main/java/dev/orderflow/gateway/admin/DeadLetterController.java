package dev.orderflow.gateway.admin;

import dev.orderflow.gateway.admin.Part.Answered;
import dev.orderflow.gateway.admin.Part.Away;
import dev.orderflow.gateway.admin.Part.Refused;
import dev.orderflow.gateway.routing.Service;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.paging.PageToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
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
final class DeadLetterController {
  private static final List<Service> SERVICES = List.of(Service.SAGA, Service.QUERY_SIDE);
  private static final String PATH = "/admin/dead-letters";

  private final Parts parts;
  private final JsonMapper json;

  DeadLetterController(Parts parts, JsonMapper json) {
    this.parts = parts;
    this.json = json;
  }

  /**
   * A page, in which the letters of one service come after those of another.
   *
   * @param place where it begins: in which service, and behind which of its pages
   */
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
      @RequestParam MultiValueMap<String, String> query,
      @RequestParam(defaultValue = "0") int pageSize,
      @RequestParam(defaultValue = "") String pageToken) {
    var request = new PageRequest(pageSize, pageToken);
    var place = PageToken.read(request, Place::of);
    var whole = json.createObjectNode();
    var letters = whole.putArray("deadLetters");
    var missing = new ArrayList<String>();
    var begin = place == null ? new Place(SERVICES.getFirst(), "") : place;
    for (var service : SERVICES.subList(SERVICES.indexOf(begin.service()), SERVICES.size())) {
      var token = service == begin.service() ? begin.token() : "";
      if (letters.size() == request.size()) {
        return page(whole, new Place(service, token), missing);
      }
      switch (ask(query, service, request.size() - letters.size(), token)) {
        case Answered<ObjectNode>(_, _, var answer) -> {
          answer.path("deadLetters").forEach(letters::add);
          if (answer.has("nextPageToken")) {
            var next = answer.get("nextPageToken").asString();
            return page(whole, new Place(service, next), missing);
          }
        }
        case Refused<ObjectNode> refused -> {
          return refusal(refused);
        }
        case Away<ObjectNode> _ -> missing.add(service.label());
      }
    }
    return page(whole, null, missing);
  }
}

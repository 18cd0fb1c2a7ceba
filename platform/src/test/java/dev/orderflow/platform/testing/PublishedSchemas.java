package dev.orderflow.platform.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a description must not leave to the taste of those who generate programs from it. */
public final class PublishedSchemas {
  private static final String CHARACTER = "[^\\\\\\[\\](){}*+?|^$]|\\\\[.\\\\*+?^$|(){}\\[\\]/\"-]";
  private static final String CHARACTERS = "\\[\\^?(?:[^\\\\\\[\\]]|\\\\[\\\\\\[\\]^-])+]";
  private static final String NUMBER = "(?:[0-9]{1,3}|1000)";
  private static final String OFTEN = "(?:[*+?]|\\{" + NUMBER + "(?:," + NUMBER + "?)?})\\??";

  /**
   * The part of the language of regular expressions that ECMA-262, RE2, Python and Java read alike:
   * no named groups, no looking around, no references, no classes such as backslash-d, whose
   * members differ, no repetition beyond RE2's 1000.
   */
  private static final Pattern COMMON =
      Pattern.compile(
          "(?:\\((?:\\?:)?|\\||\\^|\\$|(?:%s|%s|\\))(?:%s)?)*"
              .formatted(CHARACTER, CHARACTERS, OFTEN));

  private PublishedSchemas() {}

  /** Whether all engines read a pattern alike. */
  static boolean isCommon(String pattern) {
    return COMMON.matcher(pattern).matches() && !pattern.contains("&&");
  }

  /** Every pattern that some engine does not know, and every number without a width. */
  public static List<String> faults(JsonNode description) {
    var faults = new ArrayList<String>();
    collect("", description, faults);
    return faults;
  }

  private static void collect(String path, JsonNode node, List<String> faults) {
    var pattern = node.path("pattern");
    if (pattern.isString() && !isCommon(pattern.asString())) {
      faults.add(path + ": " + pattern);
    }
    if (isNumber(node.path("type")) && !node.has("format")) {
      faults.add(path + ": a number without a format");
    }
    node.propertyStream()
        .filter(property -> !property.getKey().startsWith("example"))
        .forEach(property -> collect(path + "/" + property.getKey(), property.getValue(), faults));
    if (node.isArray()) {
      for (var i = 0; i < node.size(); i++) {
        collect(path + "/" + i, node.get(i), faults);
      }
    }
  }

  private static boolean isNumber(JsonNode type) {
    return type.isArray()
        ? type.valueStream().anyMatch(PublishedSchemas::isNumber)
        : type.isString()
            && (type.asString().equals("number") || type.asString().equals("integer"));
  }
}

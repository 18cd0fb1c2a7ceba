package dev.orderflow.deploy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * A page of Markdown.
 *
 * @param file where it stands; its relative links start there
 */
record MarkdownPage(Path file, String text) {
  private static final Parser MARKDOWN = Parser.builder().build();
  private static final Pattern UNDEFINED = Pattern.compile("(?<![`\\w])\\[[A-Za-z][\\w-]*]");

  static MarkdownPage of(Path file) {
    return new MarkdownPage(file, ProjectFiles.read(file));
  }

  /** The README and all pages below docs. */
  static List<MarkdownPage> all() {
    var docs = ProjectFiles.filesBelow(ProjectFiles.ROOT.resolve("docs"), ".md");
    return Stream.concat(Stream.of(ProjectFiles.ROOT.resolve("README.md")), docs)
        .map(MarkdownPage::of)
        .toList();
  }

  /** What is marked as code within a line. */
  Stream<String> code() {
    return nodes(Code.class).map(Code::getLiteral);
  }

  /**
   * Relative links to a file that does not exist, or to a heading that its page does not have; and
   * words in brackets for which the page defines no link.
   */
  Stream<String> brokenLinks() {
    return Stream.concat(
            links().filter(link -> !URI.create(link).isAbsolute()).filter(this::isBroken),
            UNDEFINED.matcher(words(MARKDOWN.parse(text))).results().map(MatchResult::group))
        .map(link -> ProjectFiles.ROOT.relativize(file) + ": " + link);
  }

  /** Where the links and pictures lead, as they are written. */
  private Stream<String> links() {
    return Stream.concat(
        nodes(Link.class).map(Link::getDestination), nodes(Image.class).map(Image::getDestination));
  }

  private boolean isBroken(String link) {
    var path = URI.create(link).getPath();
    var anchor = URI.create(link).getFragment();
    if (path.isEmpty()) {
      return !anchors().contains(anchor);
    }
    var target = file.resolveSibling(path).normalize();
    return !target.startsWith(ProjectFiles.ROOT)
        || !Files.exists(target)
        || (anchor != null && !MarkdownPage.of(target).anchors().contains(anchor));
  }

  /** As GitHub makes them of the headings. */
  private Set<String> anchors() {
    var times = new HashMap<String, Integer>();
    return nodes(Heading.class)
        .map(MarkdownPage::words)
        .map(heading ->
            heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .map(anchor -> {
          var before = times.merge(anchor, 1, Integer::sum) - 1;
          return before == 0 ? anchor : anchor + "-" + before;
        })
        .collect(Collectors.toSet());
  }

  private <N extends Node> Stream<N> nodes(Class<N> type) {
    return nodes(MARKDOWN.parse(text)).filter(type::isInstance).map(type::cast);
  }

  /** A node and all below it. */
  private static Stream<Node> nodes(Node root) {
    return Stream.concat(
        Stream.of(root),
        Stream.iterate(root.getFirstChild(), Objects::nonNull, Node::getNext)
            .flatMap(MarkdownPage::nodes));
  }

  private static String words(Node node) {
    return nodes(node)
        .map(part ->
            switch (part) {
              case Text text -> text.getLiteral();
              case Code code -> "`" + code.getLiteral() + "`";
              default -> "";
            })
        .collect(Collectors.joining());
  }
}

package dev.orderflow.gateway.pages;

import java.util.List;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;

/** Makes a page of a text in Markdown whose headings can be linked to, as on GitHub. */
final class Manual {
  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(EXTENSIONS)
          .escapeHtml(true)
          .attributeProviderFactory(_ -> new WideParts())
          .build();
  private static final String BEGIN =
      """
      <!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>Operations · Orderflow</title>
          <link rel="icon" type="image/svg+xml" href="/shared/icon.svg">
          <link rel="stylesheet" href="/shared/look.css">
          <link rel="stylesheet" href="/console/manual.css">
        </head>
        <body>
          <nav aria-label="Pages"><a href="/console">Console</a></nav>
          <main>
      """;
  private static final String END = "</main></body></html>";

  private Manual() {}

  /** Links to other files of the project lead nowhere here, so only their words stay. */
  static String page(String markdown) {
    var text = PARSER.parse(markdown);
    text.accept(new OwnLinks());
    return BEGIN + RENDERER.render(text) + END;
  }

  private static final class OwnLinks extends AbstractVisitor {
    @Override
    public void visit(Link link) {
      visitChildren(link);
      if (!link.getDestination().startsWith("#")) {
        while (link.getFirstChild() != null) {
          link.insertBefore(link.getFirstChild());
        }
        link.unlink();
      }
    }
  }

  /** What may be wider than a screen is moved by keyboard as well. */
  private static final class WideParts implements AttributeProvider {
    @Override
    public void setAttributes(Node node, String tag, Map<String, String> attributes) {
      if (tag.equals("table") || tag.equals("pre")) {
        attributes.put("tabindex", "0");
      }
    }
  }
}

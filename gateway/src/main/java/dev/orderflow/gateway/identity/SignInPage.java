package dev.orderflow.gateway.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Asks for name and password, in place of the answer to an authorization request, and sends both
 * together with that request: no session is needed between the two, nor a script.
 */
final class SignInPage {
  static final String NAME = "username";
  static final String PASSWORD = "password";
  private static final String LANGUAGE = "ui_locales";
  private static final Set<String> NOT_OF_THE_REQUEST = Set.of(NAME, PASSWORD, LANGUAGE);

  /** What the page says besides. */
  enum Notice {
    /** Nothing. */
    NONE(HttpStatus.OK),
    /** Name or password were wrong. */
    WRONG(HttpStatus.UNAUTHORIZED),
    /** They were wrong too often. */
    PAUSED(HttpStatus.TOO_MANY_REQUESTS);

    private final HttpStatus status;

    Notice(HttpStatus status) {
      this.status = status;
    }
  }

  private record Words(
      String language,
      String itself,
      String signIn,
      String name,
      String password,
      String languages,
      String wrong,
      String paused) {
    @Nullable String of(Notice notice) {
      return switch (notice) {
        case NONE -> null;
        case WRONG -> wrong;
        case PAUSED -> paused;
      };
    }
  }

  private static final List<Words> LANGUAGES =
      List.of(
          new Words(
              "vi",
              "Tiếng Việt",
              "Đăng nhập",
              "Tên đăng nhập",
              "Mật khẩu",
              "Ngôn ngữ",
              "Tên đăng nhập hoặc mật khẩu không đúng.",
              "Bạn đã nhập sai quá nhiều lần. Hãy đợi vài giây rồi thử lại."),
          new Words(
              "en",
              "English",
              "Sign in",
              "User name",
              "Password",
              "Language",
              "The user name or the password is wrong.",
              "That was wrong too often. Wait a few seconds and try again."));

  /** Writes the page. */
  void write(Notice notice, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var words = words(request);
    var text = words.of(notice);
    response.setStatus(notice.status.value());
    response.setContentType("text/html");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader(HttpHeaders.CONTENT_LANGUAGE, words.language);
    response
        .getWriter()
        .write(
            """
            <!doctype html>
            <html lang="%1$s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%2$s · Orderflow</title>
            <link rel="stylesheet" href="/shared/look.css">
            <link rel="stylesheet" href="/sign-in/page.css">
            </head>
            <body>
            <main>
            <h1>%2$s</h1>
            %3$s
            <form class="fields panel" method="post" action="/oauth2/authorize">
            %4$s
            <label for="username">%5$s</label>
            <input id="username" name="username" value="%6$s" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="100" required autofocus>
            <label for="password">%7$s</label>
            <input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required>
            <button class="primary">%2$s</button>
            </form>
            <nav aria-label="%8$s">%9$s</nav>
            </main>
            </body>
            </html>
            """
                .formatted(
                    words.language,
                    words.signIn,
                    text == null ? "" : "<p class=\"notice bad\" role=\"alert\">" + text + "</p>",
                    parameters(request)
                            .map(name -> hidden(name, value(name, request)))
                            .collect(Collectors.joining("\n"))
                        + hidden(LANGUAGE, words.language),
                    words.name,
                    HtmlUtils.htmlEscape(value(NAME, request)),
                    words.password,
                    words.languages,
                    LANGUAGES.stream()
                        .filter(other -> !other.equals(words))
                        .map(other -> link(other, request))
                        .collect(Collectors.joining())));
  }

  private static Stream<String> parameters(HttpServletRequest request) {
    return Collections.list(request.getParameterNames()).stream()
        .filter(name -> !NOT_OF_THE_REQUEST.contains(name));
  }

  private static String value(String name, HttpServletRequest request) {
    var value = request.getParameter(name);
    return value == null ? "" : value;
  }

  private static String hidden(String name, String value) {
    return "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
        .formatted(HtmlUtils.htmlEscape(name), HtmlUtils.htmlEscape(value));
  }

  private static String link(Words other, HttpServletRequest request) {
    var address = UriComponentsBuilder.fromPath("/oauth2/authorize");
    parameters(request)
        .forEach(name -> address.queryParam(encoded(name), encoded(value(name, request))));
    return "<a href=\"%s\" lang=\"%3$s\" hreflang=\"%3$s\">%2$s</a>"
        .formatted(
            HtmlUtils.htmlEscape(
                address.queryParam(LANGUAGE, other.language).build(true).toUriString()),
            other.itself,
            other.language);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** As the link says that was followed, else as the browser prefers. */
  private static Words words(HttpServletRequest request) {
    return Stream.concat(
            Stream.of(value(LANGUAGE, request)),
            Collections.list(request.getLocales()).stream().map(Locale::getLanguage))
        .flatMap(language -> LANGUAGES.stream().filter(words -> words.language.equals(language)))
        .findFirst()
        .orElse(LANGUAGES.getFirst());
  }
}

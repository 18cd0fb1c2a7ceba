package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.orderflow.e2e.shop.Product;

/** What a person does with the shop in English, by the names and roles that the page shows. */
record ShopPage(Page page) {
  /**
   * Signs in from the top of the page; the demo's secrets are the names. Tries again when the page
   * says so: a gateway that has just been started on a busy machine may take too long.
   */
  ShopPage signIn(String user) {
    var place = page.url();
    var away = page.getByText("Signing in does not work at the moment");
    var signedIn = signedIn();
    for (var tries = 0; tries < 3; tries++) {
      link("Sign in").first().click();
      fillInSignIn(user, user);
      assertThat(signedIn.or(away).first()).isVisible();
      if (signedIn.isVisible()) {
        return this;
      }
      page.navigate(place);
    }
    throw new AssertionError("no way to sign in at " + place);
  }

  /** What is there for a user who is signed in. */
  Locator signedIn() {
    return page.locator("a[href$='#/me']").first();
  }

  /** Sends the form of the sign-in page. */
  ShopPage fillInSignIn(String user, String password) {
    page.getByLabel("User name").fill(user);
    page.getByLabel("Password").fill(password);
    button("Sign in").click();
    return this;
  }

  void signOut() {
    button("Sign out").click();
    assertThat(link("Sign in").first()).isVisible();
  }

  /** Fills the cart with nothing but this product, by way of its page, and goes to the checkout. */
  ShopPage choose(Product product, int quantity) {
    page.navigate("/#/products/" + product.productId());
    page.getByLabel("Quantity").fill(String.valueOf(quantity));
    button("Add to cart").click();
    link("View cart").click();
    link("Check out").click();
    return this;
  }

  /** Fills in the checkout. */
  ShopPage fillInDetails(String paymentMethod) {
    page.getByLabel("Name").fill("Nguyễn Thị Ánh");
    page.getByLabel("E-mail").fill("anh@example.org");
    page.getByLabel(paymentMethod).check();
    return this;
  }

  /** The button that orders. */
  Locator order() {
    return button("Place order");
  }

  /** Waits for the order's page and answers the order's id. */
  String awaitOrder() {
    var heading = heading("Order ORD-");
    assertThat(heading).isVisible();
    return heading.innerText().substring("Order ".length());
  }

  /** Waits until the page says so. */
  void awaitText(String text) {
    assertThat(page.getByRole(AriaRole.MAIN)).containsText(text);
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
  }

  Locator heading(String name) {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
  }

  Locator dialog(String name) {
    return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(name));
  }

  Locator inDialog(String button) {
    return page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button));
  }
}

package dev.orderflow.e2e.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives a test class a {@link com.microsoft.playwright.Browser}, as a parameter of the constructor.
 * Where no Chromium or no Node is installed the class is skipped, and one line says so. Such
 * classes take turns, also on platforms of their own: Playwright serves one thread at a time.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserExtension.class)
@ResourceLock("browser")
@interface InBrowser {}

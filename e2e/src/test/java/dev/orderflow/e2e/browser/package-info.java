/** The shop as a person sees it: pages are known by roles and names, and by nothing else. */
@NullMarked
package dev.orderflow.e2e.browser;

import org.jspecify.annotations.NullMarked;

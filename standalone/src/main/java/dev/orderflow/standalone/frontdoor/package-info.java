/** How the launcher talks to the platform: as every caller does, through the gateway. */
@NullMarked
package dev.orderflow.standalone.frontdoor;

import org.jspecify.annotations.NullMarked;

/**
 * The gateway as the browser's back end: it signs people in at the issuer, keeps their tokens in a
 * sealed cookie that no script can read, and puts them on the requests that it passes on.
 */
@NullMarked
package dev.orderflow.gateway.session;

import org.jspecify.annotations.NullMarked;

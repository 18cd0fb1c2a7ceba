/**
 * Two levels of cache before a table: L1 in the memory of each instance (Guava), L2 shared by all
 * (Redis). Nothing here knows what the values are.
 *
 * <p>The row is the truth, the announcement is the signal, expiry is the bound: no answer is older
 * than {@code shared.expiry + local.expiry} and a load, whatever is lost, late, paused or failed
 * over. Why that is so is in {@code docs/caching.md}; {@code CacheProtocolPropertyTest} tries it in
 * any order of steps.
 */
@NullMarked
package dev.orderflow.queryside.cache;

import org.jspecify.annotations.NullMarked;

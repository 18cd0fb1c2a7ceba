/**
 * Two levels of cache before a table: L1 in the memory of each instance (Guava), L2 shared by all
 * (Redis). Nothing here knows what the values are.
 *
 * <h2>What is promised</h2>
 *
 * <ul>
 *   <li>Within an instance no answer for a key is older than one before it.
 *   <li>No answer is older than the row by more than {@code local.expiry + 4 *
 *       shared.check-interval} and the time that a load takes: 2 s and a load with the defaults,
 *       whatever process dies and whatever message is lost. While nothing fails it is {@code
 *       shared.linger} (50 ms) and two messages.
 *   <li>Without Redis answers are slower, and right.
 * </ul>
 *
 * <h2>States and messages</h2>
 *
 * <p>A key has a <b>row</b> in the source, whose version only grows. In L2 it has an <b>entry</b>
 * (a version and a value) or nothing, and for a short time a <b>lease</b> (its owner). In L1 it has
 * a <b>held</b> value or nothing, and <b>marks</b>: the newest version heard of, and the newest
 * answered. In the database it may be <b>owed</b> to L2.
 *
 * <table>
 *   <caption>What happens to a key</caption>
 *   <tr><th>step</th><th>by</th><th>row and owed</th><th>L2</th><th>L1</th></tr>
 *   <tr><td>change</td><td>{@link CachedView#changed}</td><td>new version, owed, in one
 *       transaction</td><td></td><td></td></tr>
 *   <tr><td>write</td><td>{@link Settlement}, any instance</td><td></td><td>entry, if there is one
 *       that is not newer, becomes the row; lease is voided; change is announced: one script</td><td></td></tr>
 *   <tr><td>settle</td><td>{@link Settlement}, after the write</td><td>not owed any more, up to the
 *       version written</td><td></td><td></td></tr>
 *   <tr><td>hear</td><td>{@link Announcements}</td><td></td><td></td><td>mark is raised, what is
 *       older is dropped</td></tr>
 *   <tr><td>read</td><td>{@link Loader}</td><td></td><td>answers the entry; or grants the lease; or
 *       says that somebody has it</td><td></td></tr>
 *   <tr><td>load</td><td>{@link Loader}, with the lease, or when it has waited for another one's long
 *       enough, or without L2</td><td>is read</td><td></td><td></td></tr>
 *   <tr><td>fill</td><td>{@link Loader}, with the lease</td><td></td><td>entry, if the lease is still
 *       the loader's; lease is given back</td><td></td></tr>
 *   <tr><td>offer</td><td>{@link LocalLevel}</td><td></td><td></td><td>answered, if nothing newer
 *       was; held, if nothing newer was heard of</td></tr>
 * </table>
 *
 * <h2>Why it is safe</h2>
 *
 * <p><b>L2 never misses a change for which nothing is owed.</b> A write moves an entry forward or
 * finds none. Where there is none, only a fill puts one in, and its lease was granted after the
 * last write, for a write voids every lease; so its load, which came after the grant, has read what
 * was written or newer. A write that is late, or repeated, or comes after the entry was evicted,
 * finds something newer or nothing, and puts in nothing. What is owed is removed only after a write
 * that was answered on a connection that did not break: so neither a crash nor a time-out loses it.
 *
 * <p><b>L2 is not asked when it may be far behind</b> ({@link SharedTrust}). All that it may lack
 * is owed, and how long it has been owed stands in the database, by the database's clock. Each
 * instance looks every {@code check-interval}, and writes what has been owed for two of these or
 * longer. Once that was answered, it trusts L2 for two of these from when it looked. It does not
 * matter why something is owed for long: a dead process, a frozen one, a Redis that was away.
 *
 * <p><b>Nothing from before a restart of Redis is seen.</b> All names contain the id of the
 * server's run; an answer on a connection that broke since the id was asked for does not count
 * ({@link RedisLink}).
 *
 * <p><b>L1 keeps nothing older than what it has heard of</b>, also when a load is under way
 * meanwhile (Guava issue 1881): an offer is compared with the marks under the lock under which they
 * are raised. A load that began before the subscription was lost or came back belongs to another
 * era, and is not kept. While nothing is heard, L1 is not asked. A message that is lost on a
 * connection that looks well is healed by the short expiry.
 *
 * <p><b>Answers do not go back</b>: each is compared with the newest one that was given, under the
 * same lock; what is too old is read from the source again. That mark may be forgotten after {@link
 * LocalLevel#MEMORY}, when nothing older can come from anywhere any more.
 *
 * <p><b>Few load at once.</b> In an instance all who ask for a key share one load. Across instances
 * one has the lease; the others look again in short pauses, and after {@code lease-wait} ask the
 * source themselves. A loader that dies leaves a lease that ends. Unknown keys are remembered in a
 * small L1 of their own and leave nothing in L2; how many reads of the source run at once is
 * bounded.
 *
 * <p><b>Fills are not announced</b>, so that instances that warm up do not evict each other.
 * Changes of a hot key wait {@code linger} for each other, so that L1 still serves in between.
 *
 * <p>Leases are those of "Scaling Memcache at Facebook" (Nishtala et al., 2013). The property test
 * {@code CacheProtocolPropertyTest} tries the whole with any order of steps and failures.
 */
@NullMarked
package dev.orderflow.queryside.cache;

import org.jspecify.annotations.NullMarked;

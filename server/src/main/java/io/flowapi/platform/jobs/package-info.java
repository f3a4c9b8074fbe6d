/**
 * The queue, which is a table: claims with a lease, runs, retries, buries. It knows when work is due and whether it was
 * done, and nothing of what the work is.
 */
@NullMarked
package io.flowapi.platform.jobs;

import org.jspecify.annotations.NullMarked;

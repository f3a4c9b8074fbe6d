/**
 * Events: what happened to a user's resources, written in the transaction that made it happen, kept for some time, and
 * listed. It knows no feature: who changes a resource says what it looks like now.
 */
@NullMarked
package io.flowapi.events;

import org.jspecify.annotations.NullMarked;

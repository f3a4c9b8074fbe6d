/**
 * The Java client of Flow API: {@link io.flowapi.client.FlowClient} and what it is made of. The {@code *Api} classes are
 * generated from the document; the rest is what a document cannot say: retries, idempotency keys, timeouts and typed
 * errors. It must not know any single operation, except for the few conveniences of {@code FlowClient}.
 */
@NullMarked
package io.flowapi.client;

import org.jspecify.annotations.NullMarked;

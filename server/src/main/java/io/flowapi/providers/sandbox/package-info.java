/**
 * A network inside the product, for development and tests: it keeps its own ledger, can be read back, and misbehaves on
 * request. It knows nothing of posts: like a real network it would show a post twice if it were told twice.
 */
@NullMarked
package io.flowapi.providers.sandbox;

import org.jspecify.annotations.NullMarked;

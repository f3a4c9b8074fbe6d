/** One request, one effect, however often it is sent. It knows callers and answers, and no operation. */
@NullMarked
package io.flowapi.idempotency;

import org.jspecify.annotations.NullMarked;

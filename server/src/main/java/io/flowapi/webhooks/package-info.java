/**
 * Webhooks: where events are sent, with which secrets and headers, and what came of sending each. It knows events, and nothing
 * of what they tell.
 */
@NullMarked
package io.flowapi.webhooks;

import org.jspecify.annotations.NullMarked;

/**
 * Bluesky, and every other server that speaks the AT Protocol's XRPC: text posts with links, mentions and hashtags, put
 * under a key chosen before the first send, so that the same request twice makes one post. It owns the channel's session
 * and the form of its secrets. It knows no post, no queue and no other network, and opens connections through
 * platform.net alone.
 */
@NullMarked
package io.flowapi.providers.bluesky;

import org.jspecify.annotations.NullMarked;

/**
 * Channels: a user's accounts on networks, and whether their credentials still work. It knows the networks and no post
 * but that some may be waiting for a channel.
 */
@NullMarked
package io.flowapi.channels;

import org.jspecify.annotations.NullMarked;

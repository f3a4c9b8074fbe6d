/**
 * Mastodon, and every other server that speaks its API: text statuses, each sent with a key under which the server shows
 * one, however often it is sent within an hour. It owns the form of the channel's secrets and what it knows of the
 * instance's limits. It knows no post, no queue and no other network, and opens connections through platform.net alone.
 */
@NullMarked
package io.flowapi.providers.mastodon;

import org.jspecify.annotations.NullMarked;

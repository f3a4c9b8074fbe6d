/**
 * X: text posts by API v2. X takes no key that would make two sends one post; what became of a send whose answer is lost is
 * read from the account's own timeline, which shows a post late, and is sent once more only under the rule of ReadBack. It
 * owns the form of the channel's credentials. It knows no post, no queue and no other network, and opens connections through
 * platform.net alone.
 */
@NullMarked
package io.flowapi.providers.x;

import org.jspecify.annotations.NullMarked;

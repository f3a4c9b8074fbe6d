/**
 * OAuth 2 with PKCE, as X and LinkedIn speak it: letting an owner connect an account, and keeping its tokens alive. It
 * owns the form of a channel's session. It knows no post and no network's own words, and opens connections through
 * platform.net alone.
 */
@NullMarked
package io.flowapi.providers.oauth;

import org.jspecify.annotations.NullMarked;

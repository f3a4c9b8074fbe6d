/** Keeps secrets unreadable at rest. It knows keys and bytes, and nothing of what they protect. */
@NullMarked
package io.flowapi.platform.crypto;

import org.jspecify.annotations.NullMarked;

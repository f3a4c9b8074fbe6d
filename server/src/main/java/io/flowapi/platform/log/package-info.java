/** How log lines look. It knows no content. */
@NullMarked
package io.flowapi.platform.log;

import org.jspecify.annotations.NullMarked;

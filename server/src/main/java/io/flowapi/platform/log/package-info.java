/** How log lines look, and that nothing secret and nothing that rules a terminal is in them. It knows no content. */
@NullMarked
package io.flowapi.platform.log;

import org.jspecify.annotations.NullMarked;

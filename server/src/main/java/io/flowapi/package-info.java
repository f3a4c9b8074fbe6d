/** The process: its configuration, and the one place where everything is built and wired. */
@NullMarked
package io.flowapi;

import org.jspecify.annotations.NullMarked;

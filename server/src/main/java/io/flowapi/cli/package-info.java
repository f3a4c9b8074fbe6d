/** The {@code flow} command: what a person at the console can do. It knows the installation and no HTTP. */
@NullMarked
package io.flowapi.cli;

import org.jspecify.annotations.NullMarked;

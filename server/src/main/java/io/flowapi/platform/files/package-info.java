/** The data directory: its lock and its files. It knows paths and permissions, and nothing of what the files hold. */
@NullMarked
package io.flowapi.platform.files;

import org.jspecify.annotations.NullMarked;

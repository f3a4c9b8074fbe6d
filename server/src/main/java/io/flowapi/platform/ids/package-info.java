/** Makes ids. It knows the clock and nothing of what the ids are for. */
@NullMarked
package io.flowapi.platform.ids;

import org.jspecify.annotations.NullMarked;

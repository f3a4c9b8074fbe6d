/** Generated from the document: an interface for each tag, with the typed calls and the sealed replies of its operations. */
@NullMarked
package io.flowapi.api;

import org.jspecify.annotations.NullMarked;

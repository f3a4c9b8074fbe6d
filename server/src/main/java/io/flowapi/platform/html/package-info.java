/**
 * What HTML tags in a text are, and the text without them. It knows neither whose text it is nor what becomes of it, and it
 * never decodes, encodes or normalises anything.
 */
@NullMarked
package io.flowapi.platform.html;

import org.jspecify.annotations.NullMarked;

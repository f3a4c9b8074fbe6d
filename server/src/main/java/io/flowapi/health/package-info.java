/** Says how the parts are, to probes and people. It asks each part one question and knows no feature. */
@NullMarked
package io.flowapi.health;

import org.jspecify.annotations.NullMarked;

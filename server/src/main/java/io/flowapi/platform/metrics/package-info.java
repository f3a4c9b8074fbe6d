/**
 * The registry of all figures, and how it is read. What is measured, and what a figure means, stands in the {@code *Meters}
 * class beside what is measured, and nowhere else; this package knows none of them.
 */
@NullMarked
package io.flowapi.platform.metrics;

import org.jspecify.annotations.NullMarked;

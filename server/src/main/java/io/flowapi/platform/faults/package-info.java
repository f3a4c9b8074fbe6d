/**
 * Error tracking: faults of ours, sent to where somebody looks at them. It knows the tracker's protocol, nothing of what
 * failed, and keeps every secret to itself.
 */
@NullMarked
package io.flowapi.platform.faults;

import org.jspecify.annotations.NullMarked;

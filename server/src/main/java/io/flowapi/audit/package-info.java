/**
 * The audit log: who changed what, when and from where, written in the transaction of the change and never changed
 * afterwards. It knows callers, and no feature.
 */
@NullMarked
package io.flowapi.audit;

import org.jspecify.annotations.NullMarked;

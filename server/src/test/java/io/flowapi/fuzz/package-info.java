/** Many thousand requests drawn from the document, good and bad: whatever is sent, the answer is one of the document's. */
@NullMarked
package io.flowapi.fuzz;

import org.jspecify.annotations.NullMarked;

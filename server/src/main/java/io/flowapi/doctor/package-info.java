/**
 * The deployment checklist, executed: what an installation promises its operator, each line with the evidence there is. It
 * looks at settings, files, database and a running server, and changes none of them.
 */
@NullMarked
package io.flowapi.doctor;

import org.jspecify.annotations.NullMarked;

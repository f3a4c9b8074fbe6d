/** Generated from the document: its schemas as records and enums, the words that the whole product uses. */
@NullMarked
package io.flowapi.api.model;

import org.jspecify.annotations.NullMarked;

/**
 * The data of the document, generated from it. What a newer server adds is ignored, and a word a newer server uses is
 * kept. What an older server does not know yet is absent: a list is empty then, anything else is null.
 */
@NullMarked
package io.flowapi.client.model;

import org.jspecify.annotations.NullMarked;

/**
 * What a developer reads in a browser or feeds to a tool: the document, Swagger UI over it, a page for every problem, and
 * the rules. It is made from the document and docs/rules.md alone, is open to everybody, and must not know any feature or anything of a user's.
 */
@NullMarked
package io.flowapi.reference;

import org.jspecify.annotations.NullMarked;

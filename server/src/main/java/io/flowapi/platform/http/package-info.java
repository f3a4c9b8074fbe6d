/**
 * The edge: what an operation is, how a request becomes a typed call, how an answer or a refusal becomes bytes. It is the
 * only package that knows the HTTP server. It must not know any feature, and no feature may answer HTTP around it.
 */
@NullMarked
package io.flowapi.platform.http;

import org.jspecify.annotations.NullMarked;

/**
 * Posts and their targets: what was asked, what was sent, what became of it. It decides when a target goes out and what a
 * network's answer means; how a network is spoken to it leaves to {@code providers}.
 */
@NullMarked
package io.flowapi.posts;

import org.jspecify.annotations.NullMarked;

/**
 * LinkedIn: text posts of members and organisations. Its posts have no key of ours and those of members cannot be read
 * back; what makes a repeated send safe is that LinkedIn refuses the same content again and names the post that has it. It
 * knows no post of ours, no queue and no other network, and opens connections through platform.net alone.
 */
@NullMarked
package io.flowapi.providers.linkedin;

import org.jspecify.annotations.NullMarked;

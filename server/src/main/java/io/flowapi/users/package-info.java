/** The people whose keys, channels and posts these are. It knows no key and no post. */
@NullMarked
package io.flowapi.users;

import org.jspecify.annotations.NullMarked;

package io.flowapi.crash;

import java.time.Duration;
import java.util.List;

/** Where the posts of a run become visible, and who says whether they did. */
interface Network {

    /** What the API calls the places to post to. */
    List<String> channels();

    /** The content of a caller's post of this name and number. */
    String content(String name, int number);

    /** How long a caller waits between two posts. */
    Duration pace();

    /** The contents it shows on all channels, as often as they are there. */
    List<String> timeline(Api api);
}

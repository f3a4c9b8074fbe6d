package io.flowapi.providers.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.TargetError;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Resolution;

/** Holds an outcome to being of one kind, and takes out why. */
final class Outcomes {

    private Outcomes() {}

    static TargetError notSent(PublishOutcome outcome) {
        assertThat(outcome).isInstanceOf(PublishOutcome.NotSent.class);
        return ((PublishOutcome.NotSent) outcome).error();
    }

    static TargetError rejected(PublishOutcome outcome) {
        assertThat(outcome).isInstanceOf(PublishOutcome.Rejected.class);
        return ((PublishOutcome.Rejected) outcome).error();
    }

    static TargetError unknown(PublishOutcome outcome) {
        assertThat(outcome).isInstanceOf(PublishOutcome.Unknown.class);
        return ((PublishOutcome.Unknown) outcome).error();
    }

    static TargetError undecided(Resolution resolution) {
        assertThat(resolution).isInstanceOf(Resolution.Undecided.class);
        return ((Resolution.Undecided) resolution).error();
    }
}

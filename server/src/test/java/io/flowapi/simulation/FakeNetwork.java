package io.flowapi.simulation;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.TargetError;
import io.flowapi.providers.Content;
import io.flowapi.providers.Deletion;
import io.flowapi.providers.Preparation;
import io.flowapi.providers.ProviderRequest;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.PublishedPost;
import io.flowapi.providers.Publisher;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Rule;
import io.flowapi.providers.Sending;
import io.flowapi.providers.linkedin.Repetition;
import io.flowapi.providers.x.ReadBack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** A network that does as scripted, and the adapter to it, written as those of real networks of its kind. */
final class FakeNetwork implements Publisher {

    /** The longest a request is on its way after everybody has given it up, and a reader does not see what is there. */
    static final long LATE_MAX = 300_000;

    private static final long ANSWER_MAX = 30_000;
    /** After this nothing comes any more, and what has come is seen. */
    private static final Duration PROOF = Duration.ofMillis(2 * LATE_MAX).plusSeconds(1);

    private static final Duration KEY_TRUSTED =
            Duration.ofMillis(Ledger.KEY_LIFE).minus(PROOF);

    private final Provider provider;
    private final Ledger ledger;
    private final World world;

    FakeNetwork(Provider provider, Ledger ledger, World world) {
        this.provider = provider;
        this.ledger = ledger;
        this.world = world;
    }

    /** What is frozen: the id or key that we chose, when it was made, and the text. */
    record Request(String key, Instant madeAt, String text) {

        static Request of(Sending sending) {
            String[] parts = sending.request().split("\\|", 3);
            return new Request(parts[0], Instant.ofEpochMilli(Long.parseLong(parts[1])), parts[2]);
        }

        String frozen() {
            return key + "|" + madeAt.toEpochMilli() + "|" + text;
        }
    }

    @Override
    public Provider provider() {
        return provider;
    }

    @Override
    public String server(Handle tx, UUID channelId) {
        return provider.value();
    }

    @Override
    public List<Rule> rules(Handle tx, UUID channelId) {
        return List.of();
    }

    @Override
    public Optional<ProviderRequest> request(UUID channelId, String frozen) {
        return Optional.empty();
    }

    @Override
    public Preparation prepare(Content content) {
        world.step();
        if (world.chance().misfortune(0.05)) {
            return new Preparation.Failed(notSent("unreachable"));
        }
        String key = "k" + Long.toHexString(world.chance().random().nextLong());
        return new Preparation.Ready(new Request(key, world.time().instant(), content.text()).frozen());
    }

    @Override
    public PublishOutcome publish(Sending sending) {
        Optional<PublishOutcome> before = instead(sending);
        if (before.isPresent()) {
            return before.get();
        }
        Script script = Script.next(world.chance());
        world.sends(sending, script, ledger.kind().sendsInDoubtMax());
        PublishOutcome outcome = played(script, sending);
        boolean slow = script == Script.ANSWER_LOST || script == Script.TAKEN_LATE;
        world.sleep(slow ? ANSWER_MAX : world.chance().below(2_000));
        if (script == Script.TAKEN_AND_BROKEN) {
            throw new IllegalStateException("simulated: a fault of the adapter");
        }
        return outcome;
    }

    private Optional<PublishOutcome> instead(Sending sending) {
        return switch (ledger.kind()) {
            case READ_BACK -> lookedFor(sending);
            case DUPLICATE_NAMES_THE_POST ->
                Repetition.instead(sending, world.time().instant());
            case VOIDS_ON_ASK, CHOSEN_ID, KEY_OF_LIMITED_LIFE -> withoutKey(sending);
        };
    }

    /** Where one may be there it is looked for first. */
    private Optional<PublishOutcome> lookedFor(Sending sending) {
        if (!sending.mayBeThere()) {
            return Optional.empty();
        }
        return world.chance().misfortune(0.1)
                ? Optional.of(notSent("unreachable"))
                : ledger.visible(sending.targetId()).map(entry -> new PublishOutcome.Published(entry.id, null, null));
    }

    /** A key that may be forgotten protects nothing: only what cannot be on its way any more is sent anew. */
    private Optional<PublishOutcome> withoutKey(Sending sending) {
        Instant made = Request.of(sending).madeAt();
        Instant now = world.time().instant();
        if (ledger.kind() != Ledger.Kind.KEY_OF_LIMITED_LIFE
                || sending.attempt() == 1
                || now.isBefore(made.plus(KEY_TRUSTED))) {
            return Optional.empty();
        }
        if (now.isBefore(made.plus(KEY_TRUSTED).plus(PROOF).plus(PROOF))) {
            return Optional.of(new PublishOutcome.NotSent(error(ErrorCategory.PROVIDER_ERROR, "wait"), PROOF));
        }
        return ledger.visible(sending.targetId()).map(entry -> new PublishOutcome.Published(entry.id, null, null));
    }

    private PublishOutcome played(Script script, Sending sending) {
        return switch (script) {
            case ACCEPTED -> taken(sending);
            case ANSWER_LOST, ERROR_AND_TAKEN, TAKEN_AND_BROKEN -> {
                taken(sending);
                yield unknown();
            }
            case TAKEN_LATE -> {
                world.later(world.chance().between(ANSWER_MAX, LATE_MAX), () -> taken(sending));
                yield unknown();
            }
            case ERROR_AND_NOT_TAKEN -> unknown();
            case RATE_LIMITED, NOT_SENT -> notSent("not_sent");
            case REFUSED -> rejected(sending, error(ErrorCategory.PROVIDER_REJECTED, "refused"));
            case CREDENTIALS_REFUSED -> rejected(sending, error(ErrorCategory.AUTH_EXPIRED, "credentials"));
        };
    }

    private PublishOutcome rejected(Sending sending, TargetError error) {
        return ledger.kind() == Ledger.Kind.DUPLICATE_NAMES_THE_POST
                ? Repetition.refused(sending, error)
                : new PublishOutcome.Rejected(error);
    }

    private PublishOutcome taken(Sending sending) {
        Optional<Ledger.Entry> entry = ledger.take(
                sending.targetId(), sending.attempt(), Request.of(sending).key());
        world.arrived(sending, entry.isPresent());
        return entry.<PublishOutcome>map(there -> new PublishOutcome.Published(there.id, null, null))
                .orElseGet(() -> notTaken(sending));
    }

    private PublishOutcome notTaken(Sending sending) {
        TargetError refusal = error(ErrorCategory.USER_CONTENT, "duplicate_content");
        return switch (ledger.kind()) {
            case READ_BACK -> ReadBack.duplicate(sending, refusal);
            case DUPLICATE_NAMES_THE_POST -> {
                Ledger.Entry there = ledger.of(sending.targetId()).getFirst();
                yield Repetition.duplicate(
                        sending, new PublishOutcome.Published(there.id, null), there.madeAt, refusal);
            }
            case VOIDS_ON_ASK, CHOSEN_ID, KEY_OF_LIMITED_LIFE -> unknown();
        };
    }

    @Override
    public Resolution resolve(Sending sending) {
        world.step();
        if (world.chance().misfortune(0.1)) {
            throw new IllegalStateException("simulated: a fault of the adapter");
        }
        Resolution resolution = world.chance().misfortune(0.2) ? undecided() : asked(sending);
        world.sleep(world.chance().below(2_000));
        return resolution;
    }

    private Resolution asked(Sending sending) {
        if (ledger.kind() == Ledger.Kind.DUPLICATE_NAMES_THE_POST) {
            Resolution resolution = Repetition.resolve(sending, world.time().instant());
            return resolution instanceof Resolution.SendAgain(TargetError error, Duration _, Instant mayComeUntil)
                    ? new Resolution.SendAgain(error, soonOrMuchLater(), mayComeUntil)
                    : resolution;
        }
        Optional<Resolution> found = ledger.visible(sending.targetId())
                .map(entry -> new Resolution.Found(entry.id, null, world.time().instant()));
        if (found.isPresent()) {
            return found.get();
        }
        if (ledger.kind() == Ledger.Kind.READ_BACK) {
            return ReadBack.notShown(sending, true, world.time().instant());
        }
        Instant proven = sending.startedAt().plus(PROOF);
        boolean comesNoMore = world.time().instant().isAfter(proven);
        boolean absent = switch (ledger.kind()) {
            case VOIDS_ON_ASK -> ledger.voids(sending.targetId(), sending.attempt());
            // Sent again it shows one post. But it may come while the post is cancelled, or the next send refused.
            case CHOSEN_ID -> true;
            case KEY_OF_LIMITED_LIFE -> comesNoMore;
            case READ_BACK, DUPLICATE_NAMES_THE_POST -> false;
        };
        boolean mayCome = ledger.kind() == Ledger.Kind.CHOSEN_ID && !comesNoMore;
        return absent ? new Resolution.Absent(soonOrMuchLater(), mayCome ? proven : null) : undecided();
    }

    /** As the adapters of real networks do when it has not worked for long. */
    private Duration soonOrMuchLater() {
        return Duration.ofSeconds(1L << 4 * world.chance().below(4));
    }

    @Override
    public Optional<String> idOf(Sending sending) {
        return ledger.kind() == Ledger.Kind.CHOSEN_ID
                ? Optional.of(Request.of(sending).key())
                : Optional.empty();
    }

    @Override
    public Deletion delete(PublishedPost post) {
        if (world.chance().misfortune(0.2)) {
            return new Deletion.Failed(error(ErrorCategory.PROVIDER_ERROR, "unreachable"));
        }
        ledger.of(post.targetId()).forEach(entry -> entry.removed = true);
        return new Deletion.Gone();
    }

    private static PublishOutcome unknown() {
        return new PublishOutcome.Unknown(error(ErrorCategory.UNKNOWN, "no_answer"));
    }

    private static PublishOutcome notSent(String code) {
        return new PublishOutcome.NotSent(error(ErrorCategory.PROVIDER_ERROR, code), Duration.ofSeconds(5));
    }

    private static Resolution undecided() {
        return new Resolution.Undecided(error(ErrorCategory.UNKNOWN, "undecided"), Duration.ofSeconds(10));
    }

    private static TargetError error(ErrorCategory category, String code) {
        return new TargetError(category, code, "Simulated.", "Nothing.", true, null, null);
    }
}

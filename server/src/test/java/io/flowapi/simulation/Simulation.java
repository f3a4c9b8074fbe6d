package io.flowapi.simulation;

import io.flowapi.ComposedPublishing;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.RateLimits;
import io.flowapi.installation.Installation;
import io.flowapi.platform.crypto.EncryptionKeys;
import io.flowapi.platform.crypto.Vault;
import io.flowapi.platform.db.InterceptedDatabase;
import io.flowapi.platform.db.ServerClock;
import io.flowapi.platform.files.DataDirectory;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.RequestInfo;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.platform.ids.Ids;
import io.flowapi.platform.metrics.Metrics;
import io.flowapi.providers.ChannelQuotas;
import io.flowapi.providers.CircuitBreakers;
import io.flowapi.providers.GuardedPublisher;
import io.flowapi.providers.Publisher;
import io.flowapi.providers.Publishers;
import io.flowapi.users.UserAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One history: what a seed makes of workers, users, networks, the database and the clock. */
final class Simulation implements AutoCloseable {

    private static final int STEPS = 160 * Provider.values().length;
    private static final int STEPS_TO_CONVERGE_MAX = 20_000;
    private static final Duration TIME_TO_CONVERGE_MAX = Duration.ofHours(12);
    /** When nothing at all is to come. */
    private static final Duration TIME_PASSED_MAX = Duration.ofHours(1);

    private static final Vault VAULT =
            new Vault(EncryptionKeys.parse("k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));

    /**
     * What is found of a history. Empty when all holds.
     *
     * @param left how many targets stay unknown, for a person
     */
    record Verdict(long seed, String broken, String history, String hash, int steps, int left) {
        boolean holds() {
            return broken.isEmpty();
        }
    }

    private final long seed;
    private final SimulatedTime time = new SimulatedTime();
    private final History history = new History(time);
    private final Chance chance;
    private final World world;
    private final Metrics metrics = new Metrics(time);
    private final InterceptedDatabase database;
    private final Installation flow;
    private final CircuitBreakers breakers;
    private final Publishers publishers;
    private final List<Ledger> ledgers = new ArrayList<>();
    private final Judge judge;
    private final List<UUID> channels = new ArrayList<>();
    private final Population population;

    Simulation(long seed, Path made, Path directory) {
        this.seed = seed;
        chance = new Chance(seed);
        world = new World(time, chance, history);
        database = InterceptedDatabase.copyOf(made, directory, metrics, world);
        Ids ids = new Ids(time, chance.random());
        flow = new Installation(
                DataDirectory.open(directory), VAULT, database.database(), metrics, ids, ServerClock.given(time));
        breakers = new CircuitBreakers(time);
        publishers = new Publishers(
                Stream.of(Provider.values()).<Publisher>map(this::network).toList());
        judge = new Judge(
                time,
                history,
                () -> database.look(Snapshot::of),
                target -> ledgers.stream()
                        .flatMap(ledger -> ledger.of(target).stream())
                        .toList(),
                network -> ledgers.get(Provider.of(network).ordinal()).kind().mayStayUntold());
        List<Customer> customers = customers();
        world.judgedBy(judge);
        population = new Population(
                world, judge, () -> ComposedPublishing.of(flow, publishers), customers, 1 + chance.below(3));
    }

    private Publisher network(Provider provider) {
        Ledger.Kind[] kinds = Ledger.Kind.values();
        Ledger ledger = new Ledger(kinds[Math.floorMod(provider.ordinal() + seed, kinds.length)], time, chance);
        ledgers.add(ledger);
        return new GuardedPublisher(
                new FakeNetwork(provider, ledger, world),
                breakers,
                new ChannelQuotas(flow.database(), time),
                flow.database());
    }

    private List<Customer> customers() {
        UserAccount user = database.database()
                .write(tx -> flow.users().add(tx, "somebody"))
                .orElseThrow();
        for (Provider provider : Provider.values()) {
            channels.add(database.database()
                    .write(tx -> flow.channels()
                            .create(
                                    tx,
                                    user.id(),
                                    Mode.TEST,
                                    TagFreeText.ofName(provider.value()),
                                    provider,
                                    null,
                                    null)
                            .id()));
        }
        RequestInfo request = new RequestInfo("simulated", "127.0.0.1", "/v1/posts");
        RateLimits none = new RateLimits(null, null, null, null);
        Caller caller = new Caller(user.id(), user.id(), Mode.TEST, Set.of(), none, request);
        ComposedPublishing api = ComposedPublishing.of(flow, publishers);
        return IntStream.rangeClosed(1, 1 + chance.below(2))
                .mapToObj(number -> new Customer("u" + number, world, judge, api.posts(), caller, channels, ledgers))
                .toList();
    }

    /** @param converge whether all trouble ends, and everything is to end well; else only what may never happen counts */
    Verdict run(boolean converge) {
        for (int step = 0; step < STEPS && judge.broken() == null && !done(); step++) {
            population.trouble();
            turn(population.everybody());
        }
        if (converge && judge.broken() == null) {
            converge();
        }
        population.end();
        String broken = judge.broken();
        return new Verdict(
                seed, broken == null ? "" : broken, history.text(), history.hash(), history.size(), judge.left());
    }

    private boolean done() {
        return population.usersAreDone() && world.quiet() && !judge.now().open();
    }

    private void converge() {
        chance.calm();
        history.add("-", "all trouble ends");
        population.usersLeave();
        long end = time.passed() + TIME_TO_CONVERGE_MAX.toMillis();
        for (int step = 0; step < STEPS_TO_CONVERGE_MAX && time.passed() < end && !done(); step++) {
            turn(population.workers());
        }
        judge.converged();
    }

    /** Somebody goes on; when nobody can, time passes until somebody can. */
    private void turn(List<Actor> actors) {
        world.passTo(time.passed() + chance.below(20));
        long due = time.passed() + judge.now().nextDue() - time.wall();
        List<Actor> ready = actors.stream()
                .filter(actor -> actor.readyAt(due) <= time.passed())
                .toList();
        if (ready.isEmpty()) {
            long next =
                    actors.stream().mapToLong(actor -> actor.readyAt(due)).min().orElse(Actor.NEVER);
            world.passTo(Math.min(time.passed() + TIME_PASSED_MAX.toMillis(), Math.min(next, world.nextLanding())));
        } else {
            chance.of(ready).go();
        }
    }

    @Override
    public void close() {
        flow.close();
    }
}

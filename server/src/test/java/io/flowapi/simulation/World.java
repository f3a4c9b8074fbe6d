package io.flowapi.simulation;

import io.flowapi.platform.db.InterceptedDatabase.Fate;
import io.flowapi.platform.db.InterceptedDatabase.Hands;
import io.flowapi.providers.Sending;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Where everybody acts: it takes the turn back at each persisted step, and tells the judge what happened. */
final class World implements Hands {

    private record Landing(long at, int number, Runnable what) {}

    private final SimulatedTime time;
    private final Chance chance;
    private final History history;
    private final ThreadLocal<@Nullable Actor> current = new ThreadLocal<>();
    private final PriorityQueue<Landing> landings =
            new PriorityQueue<>(Comparator.comparing(Landing::at).thenComparing(Landing::number));
    private @Nullable Judge judge;
    private int landed;

    World(SimulatedTime time, Chance chance, History history) {
        this.time = time;
        this.chance = chance;
        this.history = history;
    }

    void judgedBy(Judge judge) {
        this.judge = judge;
    }

    SimulatedTime time() {
        return time;
    }

    Chance chance() {
        return chance;
    }

    History history() {
        return history;
    }

    Actor actor(String name, Runnable life) {
        return new Actor(name, time, current, life);
    }

    /** A point at which others may go on, or at which this one dies. Whoever is no actor passes. */
    void step() {
        Actor actor = current.get();
        if (actor != null) {
            actor.step();
        }
    }

    void sleep(long millis) {
        Actor actor = current.get();
        if (actor != null) {
            actor.sleep(millis);
        }
    }

    /** Until something is due. */
    void rest() {
        Actor actor = current.get();
        if (actor != null) {
            actor.rest();
        }
    }

    @Override
    public Fate beforeWrite() {
        Actor actor = current.get();
        if (actor == null) {
            return Fate.DONE;
        }
        actor.step();
        if (chance.misfortune(0.02)) {
            history.add(actor.name, "the database refuses");
            return Fate.REFUSED;
        }
        if (chance.misfortune(0.02)) {
            history.add(actor.name, "the answer to this commit is lost:");
            return Fate.ANSWER_LOST;
        }
        return chance.misfortune(0.05) ? Fate.RUN_TWICE : Fate.DONE;
    }

    @Override
    public void afterCommit() {
        Actor actor = current.get();
        if (judge != null) {
            judge.committed(actor == null ? "-" : actor.name);
        }
        if (actor != null) {
            actor.step();
        }
    }

    @Override
    public boolean refusesRead() {
        Actor actor = current.get();
        if (actor == null) {
            return false;
        }
        actor.alive();
        return chance.misfortune(0.01);
    }

    /** @param inDoubtMax of sends that may have been taken */
    void sends(Sending sending, Script script, int inDoubtMax) {
        Actor actor = current.get();
        judge.sends(actor == null ? "-" : actor.name, sending, script, inDoubtMax);
    }

    void arrived(Sending sending, boolean taken) {
        judge.arrived(sending, taken);
    }

    /** Something that happens on the network whoever lives then. */
    void later(long millis, Runnable what) {
        landings.add(new Landing(time.passed() + millis, landed++, what));
    }

    /** When the next of it happens; later than anything when nothing does. */
    long nextLanding() {
        return landings.isEmpty() ? Long.MAX_VALUE : landings.peek().at();
    }

    void passTo(long millis) {
        while (nextLanding() <= millis) {
            Landing landing = landings.remove();
            time.passTo(landing.at());
            landing.what().run();
        }
        time.passTo(millis);
    }

    boolean quiet() {
        return landings.isEmpty();
    }
}

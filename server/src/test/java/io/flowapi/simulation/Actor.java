package io.flowapi.simulation;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A worker or a user: a thread that runs only while it is given the turn. */
final class Actor {

    static final long NEVER = Long.MAX_VALUE;

    /** Whoever is dead does nothing more: every step it tries throws this. */
    static final class Dead extends Error {
        private static final long serialVersionUID = 1L;

        Dead() {
            super(null, null, false, false);
        }
    }

    final String name;
    private final SimulatedTime time;
    private final Semaphore turn = new Semaphore(0);
    private final Semaphore back = new Semaphore(0);
    private final Thread thread;
    private volatile boolean dead;
    private volatile boolean ended;
    private volatile boolean idle;
    private volatile long wakesAt;
    private volatile @Nullable Throwable failure;

    Actor(String name, SimulatedTime time, ThreadLocal<Actor> current, Runnable life) {
        this.name = name;
        this.time = time;
        this.wakesAt = time.passed();
        thread = Thread.ofVirtual().name(name).unstarted(() -> {
            current.set(this);
            turn.acquireUninterruptibly();
            try {
                if (!dead) {
                    life.run();
                }
            } catch (Dead asked) {
                // That is how it ends.
            } catch (Throwable thrown) {
                failure = thrown;
            } finally {
                ended = true;
                back.release();
            }
        });
        thread.start();
    }

    /** Lets it run until its next step; for whoever gives the turns. */
    void go() {
        turn.release();
        back.acquireUninterruptibly();
        Throwable thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException(name + " broke", thrown);
        }
    }

    /** Gives the turn back, and returns when it comes again; for the actor itself. */
    void step() {
        alive();
        back.release();
        turn.acquireUninterruptibly();
        alive();
    }

    void alive() {
        if (dead) {
            throw new Dead();
        }
    }

    void sleep(long millis) {
        wakesAt = time.passed() + millis;
        step();
    }

    /** Until something is due. */
    void rest() {
        idle = true;
        step();
        idle = false;
    }

    /** Held up from outside: a pause of the process, a late start. */
    void holdUp(long millis) {
        wakesAt = Math.max(wakesAt, time.passed() + millis);
    }

    void kill() {
        dead = true;
        if (!ended) {
            go();
        }
    }

    boolean over() {
        return ended;
    }

    /** @param due when there is something for one who rests */
    long readyAt(long due) {
        if (ended) {
            return NEVER;
        }
        return idle ? Math.max(wakesAt, due) : wakesAt;
    }
}

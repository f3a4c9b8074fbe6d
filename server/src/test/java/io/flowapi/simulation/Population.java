package io.flowapi.simulation;

import io.flowapi.ComposedPublishing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The workers and the users, who die and are followed by others. */
final class Population {

    private final World world;
    private final Judge judge;
    private final Supplier<ComposedPublishing> server;
    private final List<Customer> customers;
    private final List<Actor> workers = new ArrayList<>();
    private final List<Actor> users = new ArrayList<>();
    private int born;

    /** @param server makes a new process on the same database */
    Population(
            World world, Judge judge, Supplier<ComposedPublishing> server, List<Customer> customers, int workersMax) {
        this.world = world;
        this.judge = judge;
        this.server = server;
        this.customers = customers;
        customers.forEach(customer -> users.add(world.actor(customer.name(), customer::live)));
        while (workers.size() < workersMax) {
            workers.add(worker());
        }
    }

    static boolean isWorker(String actor) {
        return actor.startsWith("w");
    }

    private Actor worker() {
        ComposedPublishing process = server.get();
        return world.actor("w" + ++born, () -> {
            while (true) {
                try {
                    process.worker().runDueJobs();
                } catch (RuntimeException fault) {
                    // As the loop of a worker does, which outlives every fault.
                    world.sleep(1_000);
                }
                world.rest();
            }
        });
    }

    List<Actor> everybody() {
        return Stream.concat(workers.stream(), users.stream()).toList();
    }

    List<Actor> workers() {
        return workers;
    }

    boolean usersAreDone() {
        return users.stream().allMatch(Actor::over);
    }

    void trouble() {
        Chance chance = world.chance();
        if (chance.misfortune(0.01)) {
            die(chance.below(workers.size()));
        }
        if (chance.misfortune(0.003)) {
            restart();
        }
        if (chance.misfortune(0.004)) {
            Duration jump = Duration.ofMillis(chance.between(-120_000, 120_000));
            world.time().jump(jump);
            world.history().add("clock", "jumps by " + jump);
        }
        if (chance.misfortune(0.01)) {
            Actor held = chance.of(everybody());
            long millis = chance.between(1_000, 200_000);
            held.holdUp(millis);
            world.history().add(held.name, "is held up for " + Duration.ofMillis(millis));
        }
    }

    private void die(int index) {
        Actor worker = workers.get(index);
        world.history().add(worker.name, "dies");
        worker.kill();
        judge.died(worker.name);
        Actor next = worker();
        next.holdUp(world.chance().below(90_000));
        workers.set(index, next);
    }

    /** The process ends with all that is in it, and begins again. */
    private void restart() {
        world.history().add("-", "everything restarts");
        for (int index = 0; index < workers.size(); index++) {
            die(index);
        }
        for (int index = 0; index < users.size(); index++) {
            Customer customer = customers.get(index);
            users.get(index).kill();
            users.set(index, world.actor(customer.name(), customer::live));
        }
        server.get().worker().recover();
    }

    void usersLeave() {
        users.forEach(Actor::kill);
    }

    void end() {
        everybody().forEach(Actor::kill);
    }
}

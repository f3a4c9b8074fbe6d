package io.flowapi.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.Mode;
import io.flowapi.testing.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeleteUserTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void leaves_no_answers_of_the_user_and_those_of_others() {
        Flow.TestUser alice = flow.user();
        Flow.TestUser bob = flow.user();
        createChannel(alice);
        createChannel(bob);

        flow.installation()
                .database()
                .write(tx ->
                        flow.installation().users().delete(tx, alice.account().name()));

        assertThat(answers(alice)).isZero();
        assertThat(answers(bob)).isEqualTo(1);
    }

    private static void createChannel(Flow.TestUser user) {
        user.key(Mode.TEST)
                .post("/v1/channels", "{\"name\":\"A\",\"provider\":\"sandbox\"}", "Idempotency-Key", "key-of-a-user")
                .expect(201);
    }

    private static long answers(Flow.TestUser user) {
        return flow.installation()
                .database()
                .read(tx -> tx.createQuery("select count(*) from idempotency_keys where owner like :owner")
                        .bind("owner", user.account().id() + "/%")
                        .mapTo(Long.class)
                        .one());
    }
}

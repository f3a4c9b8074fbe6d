package io.flowapi.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeleteApiKeyTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void a_revoked_key_is_refused_from_the_next_request_on() {
        TestCaller alice = flow.caller();
        Answer made = alice.post("/v1/api-keys", "{\"name\":\"Leaked\"}");
        TestCaller leaked = alice.withKey(made.text("secret"));
        leaked.get("/v1/me").expect(200);

        Answer deleted = alice.delete("/v1/api-keys/" + made.text("id"));

        assertThat(deleted.expect(204).text()).isEmpty();
        leaked.get("/v1/me").isProblem(401, "invalid_api_key");
        alice.get("/v1/api-keys/" + made.text("id")).isProblem(404, "not_found");
    }

    @Test
    void a_second_time_there_is_no_such_key() {
        TestCaller alice = flow.caller();
        String id = alice.post("/v1/api-keys", "{\"name\":\"Old\"}").created();
        alice.delete("/v1/api-keys/" + id).expect(204);

        Answer again = alice.delete("/v1/api-keys/" + id);

        again.isProblem(404, "not_found");
    }

    @Test
    void a_key_can_delete_itself() {
        TestCaller alice = flow.caller();
        String own = alice.get("/v1/me").text("apiKey/id");

        alice.delete("/v1/api-keys/" + own).expect(204);

        alice.get("/v1/me").isProblem(401, "invalid_api_key");
    }

    @Test
    void what_the_key_made_stays() {
        TestCaller alice = flow.caller();
        Answer made = alice.post("/v1/api-keys", "{\"name\":\"Short\"}");
        String channel = alice.withKey(made.text("secret")).channel();

        alice.delete("/v1/api-keys/" + made.text("id")).expect(204);

        alice.get("/v1/channels/" + channel).expect(200);
    }
}

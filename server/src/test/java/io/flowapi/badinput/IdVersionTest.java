package io.flowapi.badinput;

import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A UUID of any version of RFC 9562 is an id, though perhaps nobody's: in the path, in the query and in the body. */
class IdVersionTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c232ab00-9414-11ec-b3c8-9f6bdeced846",
                "000003e8-9414-21ec-a300-9f6bdeced846",
                "5df41881-3aed-3515-88a7-2f4a814cf09e",
                "919108f7-52d1-4320-9bac-f847db4148a8",
                "2ed6657d-e927-568b-95e1-2665a8aea6a2",
                "1ec9414c-232a-6b00-b3c8-9f6bdeced846",
                "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
                "2489e9ad-2ee2-8e00-8ec9-32d5f69181c0",
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "C232AB00-9414-11EC-B3C8-9F6BDECED846"
            })
    void is_taken_for_an_id(String id) {
        TestCaller alice = flow.caller();

        alice.get("/v1/posts/" + id).isProblem(404, "not_found");
        alice.get("/v1/posts?channelId=" + id).expect(200);
        alice.post("/v1/posts", "{\"content\":\"Hi\",\"targets\":[{\"channelId\":\"" + id + "\"}]}")
                .isProblem(422, "validation_failed", "#/targets/0/channelId not_found");
    }
}

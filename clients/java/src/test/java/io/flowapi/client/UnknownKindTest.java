package io.flowapi.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.model.Cargo;
import io.flowapi.client.model.Letter;
import io.flowapi.client.model.Parcel;
import org.junit.jupiter.api.Test;

/** The models of {@code src/test/openapi/oneof.yaml}. */
class UnknownKindTest {

    private static final String LETTER = "{\"cargo\":{\"kind\":\"letter\",\"text\":\"Dear\"}}";
    private static final String DRONE = "{\"cargo\":{\"kind\":\"drone\",\"blades\":[1,2]}}";

    @Test
    void reads_the_kind_it_knows() throws Exception {
        Parcel parcel = Json.read(LETTER, Parcel.class);

        Letter letter = Letter.builder().kind("letter").text("Dear").build();
        assertThat(parcel.cargo()).isEqualTo(new Cargo.OfLetter(letter));
        assertThat(Json.bytes(parcel)).asString().isEqualTo(LETTER);
    }

    @Test
    void keeps_a_kind_it_does_not_know() throws Exception {
        Parcel parcel = Json.read(DRONE, Parcel.class);

        assertThat(parcel.cargo())
                .isInstanceOfSatisfying(
                        Cargo.Unknown.class,
                        unknown ->
                                assertThat(unknown.json().path("kind").asText()).isEqualTo("drone"));
        assertThat(Json.bytes(parcel)).asString().isEqualTo(DRONE);
    }

    @Test
    void keeps_a_kind_without_a_name() throws Exception {
        assertThat(Json.read("{\"cargo\":{}}", Parcel.class).cargo()).isInstanceOf(Cargo.Unknown.class);
    }
}

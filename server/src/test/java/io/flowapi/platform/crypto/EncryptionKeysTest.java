package io.flowapi.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionKeysTest {

    private static final String ONE = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String OTHER = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

    @Test
    void the_first_encrypts_and_all_decrypt() {
        EncryptionKeys keys = EncryptionKeys.parse("2026-11:" + ONE + ",b_2:" + OTHER);

        assertThat(keys.current()).isEqualTo("2026-11");
        assertThat(keys.byId()).containsOnlyKeys("2026-11", "b_2");
        assertThat(keys.byId().get("b_2").getEncoded())
                .isEqualTo(Base64.getDecoder().decode(OTHER));
    }

    @ParameterizedTest
    @ValueSource(strings = {" k1:%s", "k1:%s\n", "k1 : %s", "k1:%s , k2:%s"})
    void white_space_around_the_parts_does_not_count(String form) {
        EncryptionKeys keys = EncryptionKeys.parse(form.replace("%s", ONE));

        assertThat(keys.current()).isEqualTo("k1");
        assertThat(keys.byId().get("k1").getEncoded())
                .isEqualTo(Base64.getDecoder().decode(ONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | FLOW_ENCRYPTION_KEY is not of the form id:base64[,id:base64...]",
                "k1 | FLOW_ENCRYPTION_KEY is not of the form id:base64[,id:base64...]",
                "k.1:AAAA | FLOW_ENCRYPTION_KEY is not of the form id:base64[,id:base64...]",
                ",k1:AAAA | FLOW_ENCRYPTION_KEY is not of the form id:base64[,id:base64...]",
                "k1: | FLOW_ENCRYPTION_KEY: the key k1 has 0 bytes, not 32",
                "k1:AAAA | FLOW_ENCRYPTION_KEY: the key k1 has 3 bytes, not 32",
                "k1:A | FLOW_ENCRYPTION_KEY: the key k1 is not base64",
                "k1:AA-_ | FLOW_ENCRYPTION_KEY: the key k1 is not base64"
            })
    void what_is_malformed_is_named(String configured, String message) {
        assertThatThrownBy(() -> EncryptionKeys.parse(configured))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message)
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ",,", "k1:" + ONE + ","})
    void an_entry_is_not_empty(String configured) {
        assertThatThrownBy(() -> EncryptionKeys.parse(configured))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("FLOW_ENCRYPTION_KEY is not of the form id:base64[,id:base64...]");
    }

    @Test
    void an_id_is_given_once() {
        assertThatThrownBy(() -> EncryptionKeys.parse("k1:" + ONE + ",k1:" + OTHER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("FLOW_ENCRYPTION_KEY has the id k1 twice");
    }

    @Test
    void their_text_shows_ids_and_no_key() {
        EncryptionKeys keys = EncryptionKeys.parse("k1:" + ONE);

        assertThat(keys.toString()).isEqualTo("EncryptionKeys[k1]");
    }
}

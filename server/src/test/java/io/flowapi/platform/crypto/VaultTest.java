package io.flowapi.platform.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {

    private static final String OLD = key("old", 1);
    private static final String NEW = key("new", 2);
    private static final byte[] SECRET = "a secret".getBytes(UTF_8);

    private static String key(String id, int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return id + ":" + Base64.getEncoder().encodeToString(bytes);
    }

    private static Vault vault(String keys) {
        return new Vault(EncryptionKeys.parse(keys));
    }

    @Test
    void opens_what_it_sealed_in_the_same_place() {
        String sealed = vault(OLD).seal(SECRET, "row 1");

        assertThat(sealed).startsWith("old.").doesNotContain("a secret");
        assertThat(vault(OLD).open(sealed, "row 1")).isEqualTo(SECRET);
    }

    @Test
    void seals_the_same_text_differently_every_time() {
        assertThat(vault(OLD).seal(SECRET, "row 1")).isNotEqualTo(vault(OLD).seal(SECRET, "row 1"));
    }

    @Test
    void opens_nothing_that_was_sealed_for_another_place() {
        String sealed = vault(OLD).seal(SECRET, "row 1");

        assertThatIllegalArgumentException().isThrownBy(() -> vault(OLD).open(sealed, "row 2"));
    }

    @Test
    void opens_with_a_rotated_key_and_seals_with_the_new_one() {
        String before = vault(OLD).seal(SECRET, "row 1");
        Vault rotated = vault(NEW + "," + OLD);

        String after = rotated.seal(SECRET, "row 1");

        assertThat(rotated.open(before, "row 1")).isEqualTo(SECRET);
        assertThat(after).startsWith("new.");
        assertThat(vault(NEW).open(after, "row 1")).isEqualTo(SECRET);
    }

    @Test
    void opens_nothing_with_a_key_that_is_not_there_or_another_one_of_that_name() {
        String sealed = vault(OLD).seal(SECRET, "row 1");

        assertThatIllegalArgumentException().isThrownBy(() -> vault(NEW).open(sealed, "row 1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> vault(key("old", 3)).open(sealed, "row 1"));
    }

    @Test
    void opens_nothing_of_which_one_character_was_changed() {
        String sealed = vault(OLD).seal(SECRET, "row 1");

        for (int i = 0; i < sealed.length() - 1; i++) {
            String changed = sealed.substring(0, i) + (sealed.charAt(i) == 'x' ? 'y' : 'x') + sealed.substring(i + 1);
            assertThatIllegalArgumentException().isThrownBy(() -> vault(OLD).open(changed, "row 1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "old", "old.", "old.AAAA", "old.!", "old.AAAAAAAAAAAAAAAAAAAA", "other.AAAA"})
    void opens_nothing_that_was_never_sealed(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> vault(OLD).open(text, "row 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "old", "old:AAAA", ",", "a b:AAAA", "old:AAAA,new:AAAA"})
    void refuses_keys_of_another_form(String configured) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncryptionKeys.parse(configured))
                .withMessageStartingWith("FLOW_ENCRYPTION_KEY");
    }

    @Test
    void refuses_two_keys_of_one_name() {
        assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKeys.parse(OLD + "," + key("old", 2)));
    }

    @Test
    void never_shows_a_key() {
        assertThat(EncryptionKeys.parse(NEW + "," + OLD).toString())
                .contains("new", "old")
                .doesNotContain(NEW.substring(4), OLD.substring(4));
    }
}

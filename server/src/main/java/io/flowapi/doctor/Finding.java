package io.flowapi.doctor;

/**
 * One line of the checklist.
 *
 * @param detail what was seen, or who must do what; never a secret
 */
public record Finding(String check, Evidence evidence, Status status, String detail) {

    /** How much is known. Only what was tried out just now can be well. */
    public enum Evidence {
        CHECKED("checked"),
        CONFIGURED("configured"),
        NOT_CHECKABLE_HERE("not checkable here");

        private final String words;

        Evidence(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public enum Status {
        OK("ok"),
        FAILED("failed"),
        UNPROVEN("unproven");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    static Finding ok(String check, String detail) {
        return new Finding(check, Evidence.CHECKED, Status.OK, detail);
    }

    static Finding failed(String check, String detail) {
        return new Finding(check, Evidence.CHECKED, Status.FAILED, detail);
    }

    static Finding of(String check, boolean well, String detail) {
        return well ? ok(check, detail) : failed(check, detail);
    }

    static Finding configured(String check, String detail) {
        return new Finding(check, Evidence.CONFIGURED, Status.UNPROVEN, detail);
    }

    static Finding notCheckable(String check, String detail) {
        return new Finding(check, Evidence.NOT_CHECKABLE_HERE, Status.UNPROVEN, detail);
    }
}

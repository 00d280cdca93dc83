package conduit.rules.form.sentence;

/** What is wrong with an entry of a dictionary, or with the use of it, and the way out. */
final class DictionaryFault extends RuntimeException {

    private final String fix;

    DictionaryFault(String message, String fix) {
        super(message, null, false, false);
        this.fix = fix;
    }

    String fix() {
        return fix;
    }
}

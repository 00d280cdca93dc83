/**
 * Rules as sentences. A {@link conduit.rules.form.sentence.Dictionary} says what each sentence means;
 * {@link conduit.rules.form.sentence.Sentences} writes a file out line by line, in time that is counted and bounded.
 */
package conduit.rules.form.sentence;

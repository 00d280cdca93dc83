/** The examples that an author puts beside a rule file, and that the file's rules must answer as said. */
package conduit.rules.cases;

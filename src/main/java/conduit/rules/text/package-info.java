/** A rule file's text, its DRL, and what is wrong with it. */
package conduit.rules.text;

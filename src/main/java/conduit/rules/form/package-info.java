/** The forms in which authors write rules (DRL, decision tables, sentences), each written out as DRL. */
package conduit.rules.form;

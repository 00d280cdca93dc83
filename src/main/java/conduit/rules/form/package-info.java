/** The forms in which authors write rules, each written out as DRL: the form is told by the end of the file's name. */
package conduit.rules.form;

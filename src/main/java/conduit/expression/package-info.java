/** Regular expressions in time linear in the text. */
package conduit.expression;

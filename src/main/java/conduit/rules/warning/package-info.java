/** What a careful reader would ask an author about rules that are well-formed: ties, hidden rules, dead rules. */
package conduit.rules.warning;

/** A project: who pays, by which limits and rules. */
package conduit.project;

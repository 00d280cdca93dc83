/** What a rule reads: the request and its circumstances. */
package conduit.rules.fact;

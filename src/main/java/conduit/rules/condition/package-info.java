/** What stands inside {@code Request( … )}, read into a tree: it is checked, printed for the engine, explained and compared. */
package conduit.rules.condition;

/**
 * What was asked, what was set aside, what was spent. Before a run starts, {@link conduit.ledger.Ledger#accept} has
 * its request, decision and reservation on disk in one transaction; afterwards {@link conduit.ledger.Ledger#settle}
 * and the usage row end it in another. A crash between leaves a row that {@link conduit.ledger.Recovery} ends.
 *
 * <p>Limits are checked on {@code spending}, one row a project and day or month, so that a check costs the same with
 * any number of usage rows. SQL stands in this package's stores only.
 */
package conduit.ledger;

/** Limits and verdicts, pure: sums, limits and a worst case go in, a model that fits or a problem comes out. */
package conduit.budget;

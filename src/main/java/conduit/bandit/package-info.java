/**
 * Thompson sampling, pure: beliefs and a seed go in, a choice that explains itself comes out. The same arguments give
 * the same choice, bit for bit.
 */
package conduit.bandit;

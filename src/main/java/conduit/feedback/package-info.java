/** What people say of answers, turned into what the bandit believes of models. */
package conduit.feedback;

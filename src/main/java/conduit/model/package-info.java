/** The catalogue of models: their full ids, prices, limits and what is believed of them before anything is known. */
package conduit.model;

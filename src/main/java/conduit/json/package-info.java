/** JSON in and out: one strict mapper, and a reader of an object's fields that names what is wrong with each. */
package conduit.json;
